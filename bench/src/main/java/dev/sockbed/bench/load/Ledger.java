package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Outcome;
import java.nio.ByteBuffer;

/**
 * Gives every message of one connection its one outcome. At any time, messages sent = outcomes
 * given + messages outstanding; {@link #close} gives the last ones.
 *
 * <p>A reply belongs to the message whose sequence number it carries if anything else that it
 * carries, send time or fill, bears that out. A damaged reply that doesn't is put down to the
 * oldest message that does not come back otherwise. So a corrupt header never makes a message count
 * twice or not at all. Over TCP the place in the stream tells which message it is.
 *
 * <p>A reply after the deadline is late however much later it comes, until the run ends or the
 * table is full; then the oldest overdue message is lost for good. A reply that is cut or changed
 * counts as that, late or not.
 *
 * <p>Used by one thread; allocates nothing after it was made.
 */
final class Ledger implements Replies {
  /** A short message that comes once more is told from a changed one by being so few behind. */
  private static final int FEW = 16;

  private final ProbeMessage codec;
  private final MessageSizes sizes;
  private final long deadlineNanos;
  private final ReplyTimes times;
  private final Outstanding open;
  private final ReplyNaming naming;
  private final RecentSends recent = new RecentSends();
  private final UnnamedReplies unnamed = new UnnamedReplies();

  private OutcomeCounts outcomes = new OutcomeCounts();
  private long first;
  private long next;

  /** Messages before this one are settled or overdue. */
  private long due;

  private int overdue;

  /** Messages before this one are settled; not the only ones. */
  private long oldest;

  /** The newest message that was answered. */
  private long newestAnswered;

  private long givenUpBelow;
  private long duplicates;
  private long reordered;
  private long strays;

  private long previousSequence;
  private long previousService;

  /**
   * An empty ledger.
   *
   * @param most messages whose fate can be open at once
   */
  Ledger(ProbeMessage codec, MessageSizes sizes, long deadlineNanos, int most, ReplyTimes times) {
    this.codec = codec;
    this.sizes = sizes;
    this.deadlineNanos = deadlineNanos;
    this.times = times;
    this.open = new Outstanding(most);
    this.naming = new ReplyNaming(sizes, open);
    begin(0);
  }

  /** Starts anew with that sequence number; replies to those before are of no account. */
  void begin(long sequence) {
    open.clear();
    outcomes = new OutcomeCounts();
    first = sequence;
    next = sequence;
    due = sequence;
    oldest = sequence;
    newestAnswered = sequence - 1;
    givenUpBelow = sequence;
    previousSequence = -2;
    overdue = 0;
    duplicates = 0;
    reordered = 0;
    strays = 0;
    unnamed.clear();
    recent.clear();
  }

  /** Whether another message must wait until one that is in time is answered or overdue. */
  boolean isFull() {
    return open.isFull() && overdue + unnamed.count() == 0;
  }

  /**
   * Enters the next message; to be called unless {@link #isFull}.
   *
   * @param intended when it was meant to be sent
   * @param sent when it was sent
   */
  void sending(long sequence, long intended, long sent) {
    if (open.isFull()) {
      giveUpOldest();
    }
    open.add(sequence, intended, sent);
    next = sequence + 1;
  }

  /** The message could not be sent after all. */
  void failed(long sequence) {
    int place = open.find(sequence);
    if (place >= 0) {
      settle(place, Outcome.FAILED);
    }
  }

  /** The system reports that a message was refused; it does not say which, so it is the oldest. */
  void refused() {
    int place = oldestInTime();
    if (place >= 0) {
      settle(place, Outcome.REFUSED);
    }
  }

  /** The connection is gone, and with it all messages that are outstanding. */
  void abandon(Outcome fate) {
    settleUpTo(next, fate);
  }

  /** Takes notice of the messages whose deadline has passed. */
  void expire(long nowNanos) {
    while (due < next) {
      int place = open.find(due);
      if (place >= 0) {
        if (nowNanos - open.sentNanos(place) <= deadlineNanos) {
          return;
        }
        if (unnamed.count() > 0) {
          settle(place, unnamed.fateOr(Outcome.LOST));
        } else {
          overdue++;
        }
      }
      due++;
    }
  }

  /** Ends: what is outstanding has not come back. */
  void close() {
    settleUpTo(next, Outcome.LOST);
    strays += unnamed.count();
    unnamed.clear();
  }

  /** How many messages are under way: not answered, not overdue. */
  int inFlight() {
    return Math.max(0, open.count() - overdue - unnamed.count());
  }

  /** The number that the next message will have. */
  long next() {
    return next;
  }

  /** How many messages were entered since {@link #begin}. */
  long sent() {
    return next - first;
  }

  Outcomes outcomes() {
    return outcomes.now();
  }

  Events events() {
    return new Events(duplicates, reordered);
  }

  /** Replies that belong to no message, or to one that was given up. */
  long strays() {
    return strays;
  }

  @Override
  public boolean reply(ByteBuffer message, boolean cut, long receivedNanos, long order) {
    if (order != NO_ORDER) {
      return inOrder(message, receivedNanos, order);
    }
    long named = naming.of(message, due, next);
    if (named >= 0 && named < first) {
      return false; // To a message of the time before this ledger began.
    }
    int place = named < 0 ? -1 : open.find(named);
    if (place >= 0) {
      return toOpen(place, message, cut, receivedNanos);
    }
    if (named >= 0 && repeats(message, named)) {
      repeated(named);
      return false;
    }
    return nameless(message);
  }

  private boolean inOrder(ByteBuffer message, long receivedNanos, long order) {
    int place = open.find(order);
    if (place < 0) {
      strays++;
      return false;
    }
    int size = sizes.at(order);
    boolean unchanged =
        codec.hasSequence(message, size, order)
            && codec.hasTime(message, size, open.sentNanos(place))
            && codec.hasFill(message, size, order);
    Outcome whole = message.remaining() == size ? Outcome.OK : Outcome.TRUNCATED;
    return answered(place, unchanged ? whole : Outcome.CORRUPT, receivedNanos);
  }

  /** A reply that names a message which is outstanding. */
  private boolean toOpen(int place, ByteBuffer message, boolean cut, long receivedNanos) {
    long sequence = open.sequence(place);
    int size = sizes.at(sequence);
    int length = message.remaining() + (cut ? 1 : 0); // At least.
    boolean time = codec.hasTime(message, size, open.sentNanos(place));
    boolean fill = codec.hasFill(message, size, sequence);
    if (time && fill && length <= size) {
      boolean whole = length == size && !cut;
      return answered(place, whole ? Outcome.OK : Outcome.TRUNCATED, receivedNanos);
    }
    boolean nothingElseToGoBy = size < ProbeMessage.HEADER_BYTES;
    boolean fillBearsItOut = fill && length > ProbeMessage.HEADER_BYTES;
    if (time || fillBearsItOut || nothingElseToGoBy) {
      return answered(place, Outcome.CORRUPT, receivedNanos);
    }
    return nameless(message);
  }

  private boolean answered(int place, Outcome whole, long receivedNanos) {
    long sequence = open.sequence(place);
    if (sequence < newestAnswered) {
      reordered++;
    } else {
      newestAnswered = sequence;
    }
    Outcome outcome = whole;
    if (whole == Outcome.OK) {
      long service = receivedNanos - open.sentNanos(place);
      outcome = service > deadlineNanos ? Outcome.LATE : Outcome.OK;
      long variation = previousSequence == sequence - 1 ? Math.abs(service - previousService) : -1;
      times.record(service, receivedNanos - open.intendedNanos(place), variation);
      previousSequence = sequence;
      previousService = service;
    }
    settle(place, outcome);
    return true;
  }

  /** Whether this is a message that was settled before, as far as that can be seen now. */
  private boolean repeats(ByteBuffer message, long sequence) {
    int size = sizes.at(sequence);
    boolean near = size >= Long.BYTES || sequence >= due - FEW;
    boolean time =
        !recent.knows(sequence) || codec.hasTime(message, size, recent.sentNanos(sequence));
    return near && time && message.remaining() <= size && codec.hasFill(message, size, sequence);
  }

  private void repeated(long sequence) {
    if (sequence < givenUpBelow) {
      strays++; // Perhaps a first reply, perhaps a second; it is not known any more.
    } else {
      duplicates++;
    }
  }

  /** A reply that does not say, or not credibly, to which message. */
  private boolean nameless(ByteBuffer message) {
    if (open.count() <= unnamed.count()) {
      strays++;
      return false;
    }
    unnamed.add(isStumpOfOldest(message) ? Outcome.TRUNCATED : Outcome.CORRUPT);
    return true;
  }

  /** Cut before the end of the sequence number, and so far right. */
  private boolean isStumpOfOldest(ByteBuffer message) {
    int place = oldestInTime();
    if (place < 0) {
      return false;
    }
    long sequence = open.sequence(place);
    int size = sizes.at(sequence);
    int length = message.remaining();
    return length < Math.min(size, Long.BYTES) && codec.hasSequence(message, size, sequence);
  }

  private int oldestInTime() {
    while (due < next) {
      int place = open.find(due);
      if (place >= 0) {
        return place;
      }
      due++;
    }
    return -1;
  }

  private void giveUpOldest() {
    if (isFull()) {
      throw new IllegalStateException("the ledger is full of messages that are in time");
    }
    while (oldest < next) {
      int place = open.find(oldest);
      oldest++;
      if (place >= 0) {
        settle(place, unnamed.fateOr(Outcome.LOST));
        givenUpBelow = oldest;
        return;
      }
    }
  }

  private void settleUpTo(long end, Outcome fate) {
    for (; oldest < end; oldest++) {
      int place = open.find(oldest);
      if (place >= 0) {
        settle(place, unnamed.fateOr(fate));
      }
    }
    due = Math.max(due, end);
    givenUpBelow = end;
  }

  private void settle(int place, Outcome outcome) {
    if (open.sequence(place) < due) {
      overdue--;
    }
    outcomes.add(outcome);
    recent.add(open.sequence(place), open.sentNanos(place));
    open.remove(place);
  }
}
