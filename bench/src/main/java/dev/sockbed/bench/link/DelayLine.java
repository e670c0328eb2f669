package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Counters;
import dev.sockbed.common.linux.TimerSlack;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds packets until they are due and hands them over then, in the order of their times. One
 * thread of its own does that; any thread may add.
 *
 * @param <T> what is held
 */
final class DelayLine<T> implements AutoCloseable {
  /** So many packets at most: a second of the fastest link that a relay can serve. */
  static final int ROOM = 1 << 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Held<T>> held = new PriorityQueue<>();
  private final Receiver<T> receiver;
  private final Counters counters;
  private final Thread thread;
  private long added;
  private volatile boolean closed;

  /** Takes what is due. */
  interface Receiver<T> {
    /** Is called by the delay line's thread, one packet after the other. */
    void arrive(T packet);
  }

  private record Held<T>(long dueNanos, long order, T packet) implements Comparable<Held<T>> {
    @Override
    public int compareTo(Held<T> other) {
      int byTime = Long.signum(dueNanos - other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /**
   * An empty line, whose thread runs.
   *
   * @param name of the thread
   * @param counters learn of packets handed over, and how late
   */
  DelayLine(String name, Receiver<T> receiver, Counters counters) {
    this.receiver = receiver;
    this.counters = counters;
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /**
   * Adds a packet; if there is no room it is dropped and counted.
   *
   * @param dueNanos when it is to be handed over; at once if that is past
   */
  void add(long dueNanos, T packet) {
    boolean first;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (held.size() >= ROOM) {
        counters.overflow();
        return;
      }
      Held<T> one = new Held<>(dueNanos, added++, packet);
      held.add(one);
      first = held.element().order() == one.order();
    } finally {
      lock.unlock();
    }
    if (first) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    TimerSlack.remove();
    while (!closed) {
      Held<T> due = takeDue();
      if (due != null) {
        receiver.arrive(due.packet());
        counters.deliver(System.nanoTime() - due.dueNanos());
      }
    }
  }

  /** The first packet if it is due; else null, having waited. */
  private @Nullable Held<T> takeDue() {
    long wait;
    lock.lock();
    try {
      Held<T> first = held.peek();
      wait = first == null ? Long.MAX_VALUE : first.dueNanos() - System.nanoTime();
      if (first != null && wait <= 0) {
        return held.poll();
      }
    } finally {
      lock.unlock();
    }
    if (wait == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, wait);
    }
    return null;
  }

  /** Forgets what is held and ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      held.clear();
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(thread);
  }
}
