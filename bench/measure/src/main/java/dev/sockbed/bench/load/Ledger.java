package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Outcome;
import java.nio.ByteBuffer;

/**
 * Gives every message of one connection its one outcome. At any time, messages sent = outcomes
 * given + messages outstanding; {@link #close} gives the last ones.
 *
 * <p>{@link ReplyReader} tells to which message a reply belongs. A damaged reply that names none is
 * put down to the oldest message that does not come back otherwise. So a corrupt header never makes
 * a message count twice or not at all.
 *
 * <p>The deadline counts from the moment at which the message was meant to be sent: were it from
 * the send, a sender that a stalled peer holds up would make its own messages punctual.
 *
 * <p>A reply after the deadline is late however much later it comes, until the run ends or very
 * many are overdue and others need their places; then the oldest is lost for good. A reply that is
 * cut or changed counts as that, late or not.
 *
 * <p>Used by one thread; allocates nothing after it was made.
 */
final class Ledger implements Replies {
  /** So many overdue messages in a row still cost next to nothing to pass by. */
  private static final int LONG_ROW = 1_000;

  private final long deadlineNanos;

  /** More overdue messages than these are not left where others belong. */
  private final int crowd;

  private final TimesRun times;
  private final Outstanding open;
  private final ReplyReader reader;
  private final ReplySequence answers = new ReplySequence();
  private final UnnamedReplies unnamed = new UnnamedReplies();

  private OutcomeCounts outcomes = new OutcomeCounts();
  private long first;
  private long next;

  /** Messages before this one are settled or overdue. */
  private long due;

  private int overdue;

  /** Messages before this one are settled; not the only ones. */
  private long oldest;

  private long givenUpBelow;
  private long duplicates;
  private long strays;

  /** Replies since it was last known for sure to which message one belongs. */
  private long doubtful;

  /**
   * An empty ledger.
   *
   * @param most messages whose fate can be open at once
   */
  Ledger(ProbeMessage codec, MessageSizes sizes, long deadlineNanos, int most, ReplyTimes times) {
    this.deadlineNanos = deadlineNanos;
    this.times = new TimesRun(times);
    this.open = new Outstanding(most);
    this.crowd = Math.min(LONG_ROW, open.places() / 4);
    this.reader = new ReplyReader(codec, sizes, open);
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
    givenUpBelow = sequence;
    overdue = 0;
    duplicates = 0;
    strays = 0;
    doubtful = 0;
    unnamed.clear();
    reader.begin(sequence);
    answers.begin(sequence);
  }

  /** Whether another message must wait until one that is in time is answered or overdue. */
  boolean isFull() {
    return open.isFull() && overdue + unnamed.count() == 0;
  }

  /**
   * Enters the next message; to be called unless {@link #isFull}.
   *
   * @param intended when it was meant to be sent, from which its deadline counts
   * @param sent when it was sent
   */
  void sending(long sequence, long intended, long sent) {
    if (overdue > crowd) {
      giveUpOverdueUpTo(sequence - open.places());
    }
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
        if (nowNanos - open.intendedNanos(place) <= deadlineNanos) {
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
    times.enter();
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
    return new Events(duplicates, answers.reordered());
  }

  /** Replies that belong to no message, or to one that was given up. */
  long strays() {
    return strays;
  }

  /**
   * Replies of which it is not known to which of several messages with the same bytes they belong.
   */
  long ambiguous() {
    return doubtful;
  }

  @Override
  public boolean reply(ByteBuffer message, boolean cut, long receivedNanos, long order) {
    if (order != NO_ORDER) {
      return inOrder(message, receivedNanos, order);
    }
    return switch (reader.read(message, cut, due, answers.newest(), next)) {
      case ANSWER -> {
        doubtful =
            switch (reader.certainty()) {
              case PROVEN -> 0;
              case IN_DOUBT -> doubtful + 1;
              case UNTOLD -> doubtful;
            };
        yield answered(open.find(reader.sequence()), reader.condition(), receivedNanos);
      }
      case REPETITION -> repeated(reader.sequence());
      case NAMELESS -> nameless(message);
      case FROM_BEFORE -> false;
    };
  }

  @Override
  public int wholeReplies(ByteBuffer messages, int size, long receivedNanos, long order) {
    int begin = messages.position();
    int at = begin;
    int end = messages.limit();
    long sequence = order;
    while (end - at >= size) {
      if (order == NO_ORDER) {
        sequence = reader.sequenceAt(messages, at, size);
      }
      int place = open.find(sequence);
      if (place < 0 || !reader.isWhole(messages, at, size, place)) {
        break;
      }
      if (order == NO_ORDER) {
        doubtful = 0; // It carries its whole number.
      }
      answered(place, Outcome.OK, receivedNanos);
      at += size;
      sequence++;
    }
    messages.position(at);
    return (at - begin) / size;
  }

  private boolean inOrder(ByteBuffer message, long receivedNanos, long order) {
    int place = open.find(order);
    if (place < 0) {
      strays++;
      return false;
    }
    reader.readInOrder(message, place);
    return answered(place, reader.condition(), receivedNanos);
  }

  /** The message there was answered, by a reply that came in that condition. */
  private boolean answered(int place, Outcome condition, long receivedNanos) {
    long sequence = open.sequence(place);
    answers.answered(sequence);
    Outcome outcome = condition;
    if (outcome == Outcome.OK) {
      long service = receivedNanos - open.sentNanos(place);
      long response = receivedNanos - open.intendedNanos(place);
      times.add(service, response, answers.variation(sequence, service));
      outcome = response > deadlineNanos ? Outcome.LATE : Outcome.OK;
    }
    settle(place, outcome);
    return true;
  }

  private boolean repeated(long sequence) {
    if (sequence < givenUpBelow) {
      strays++; // Perhaps a first reply, perhaps a second; it is not known any more.
    } else {
      duplicates++;
    }
    return false;
  }

  /** It will be put down to a message that does not come back otherwise. */
  private boolean nameless(ByteBuffer message) {
    if (open.count() <= unnamed.count()) {
      strays++;
      return false;
    }
    int oldest = oldestInTime();
    boolean stump = oldest >= 0 && reader.isStumpOf(message, open.sequence(oldest));
    unnamed.add(stump ? Outcome.TRUNCATED : Outcome.CORRUPT);
    return true;
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

  /**
   * Frees the places that the next messages belong to. Were a long row of lost messages left there,
   * each of the next would be looked for along all of it.
   */
  private void giveUpOverdueUpTo(long last) {
    for (; oldest <= last && oldest < due && overdue > crowd; oldest++) {
      int place = open.find(oldest);
      if (place >= 0) {
        settle(place, unnamed.fateOr(Outcome.LOST));
        givenUpBelow = oldest + 1;
      }
    }
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
    reader.settled(open.sequence(place), open.sentNanos(place));
    open.remove(place);
  }
}
