package dev.sockbed.bench.load;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a sender tells the receiver of the same connection what it sends: a ring with one writer and
 * one reader. The receiver enters it all in the ledger, which is its own, before it looks at
 * replies. A message is told of before it is sent, so that no reply can be faster.
 *
 * <p>Allocates nothing but for messages that could not be sent.
 */
final class SentLog {
  private static final long LONGEST_PARK_NANOS = Duration.ofMillis(1).toNanos();
  private static final long NOT_YET = Long.MAX_VALUE;

  private final int room;
  private final int mask;
  private final long[] intendedNanos;
  private final long[] sentNanos;

  /** The next message; written by the sender. */
  private final AtomicLong next = new AtomicLong();

  /** The sender may go up to this message, exclusive; written by the receiver. */
  private final AtomicLong limit = new AtomicLong();

  private final AtomicLong refused = new AtomicLong();
  private final Queue<Long> failed = new ConcurrentLinkedQueue<>();

  /** The phase's last message, from before it is sent; {@link #NOT_YET} while that is open. */
  private volatile long last = NOT_YET;

  private volatile @Nullable Thread waiter;

  // The receiver's.
  private long taken;
  private long refusedTaken;

  /**
   * An empty log.
   *
   * @param room the most messages under way at once
   */
  SentLog(int room) {
    this.room = room;
    int places = Integer.highestOneBit(Math.max(2, room) - 1) << 1;
    mask = places - 1;
    intendedNanos = new long[places];
    sentNanos = new long[places];
  }

  /** Begins a phase; neither sender nor receiver is at work. */
  void begin(long sequence) {
    next.set(sequence);
    limit.set(sequence + room);
    taken = sequence;
    refusedTaken = refused.get();
    failed.clear();
    last = NOT_YET;
  }

  /** The sender's question whether so many more messages may be under way now. */
  boolean hasRoom(int messages) {
    return next.getPlain() + messages <= limit.getAcquire();
  }

  /**
   * The sender's wait until so many more messages may be under way.
   *
   * @return whether they may; not if the phase is over
   */
  boolean awaitRoom(int messages, Phase phase) {
    if (hasRoom(messages)) {
      return true;
    }
    waiter = Thread.currentThread();
    try {
      while (!hasRoom(messages)) {
        if (phase.over(System.nanoTime())) {
          return false;
        }
        LockSupport.parkNanos(this, LONGEST_PARK_NANOS);
      }
      return true;
    } finally {
      waiter = null;
    }
  }

  /** The sender's word that it sends the next message now. */
  void sending(long intended, long sent) {
    long sequence = next.getPlain();
    intendedNanos[(int) sequence & mask] = intended;
    sentNanos[(int) sequence & mask] = sent;
    next.setRelease(sequence + 1);
  }

  /** The sender's word that a message could not be sent after all. */
  void failed(long sequence) {
    failed.add(sequence);
  }

  /** The sender's word that the system told it of refusals. */
  void refused(int messages) {
    refused.setRelease(refused.getPlain() + messages);
  }

  /** The sender's word on which message is the phase's last. */
  void last(long sequence) {
    last = sequence;
  }

  /** The receiver's: enters what was sent since the last time. */
  void enterIn(Ledger ledger) {
    long end = next.getAcquire();
    for (; taken < end; taken++) {
      int place = (int) taken & mask;
      ledger.sending(taken, intendedNanos[place], sentNanos[place]);
    }
    for (Long sequence; (sequence = failed.peek()) != null && sequence < taken; failed.remove()) {
      ledger.failed(sequence);
    }
    for (long end2 = refused.getAcquire(); refusedTaken < end2; refusedTaken++) {
      ledger.refused();
    }
  }

  /** The receiver's: lets the sender go on as far as there is room now. */
  void makeRoom(int inFlight) {
    limit.setRelease(taken + room - inFlight);
    Thread waiting = waiter;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** The receiver's question whether all that is ever sent in this phase was entered. */
  boolean isComplete() {
    return taken > last;
  }

  /** Whether the sender has said which message is the last. */
  boolean hasLast() {
    return last != NOT_YET;
  }
}
