package dev.sockbed.bench.load;

import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection of a run and the account of what went over it, as long as the run lasts. The loop
 * that drives it decides when to send.
 */
final class Conversation {
  /** A moment that has not come. */
  static final long NOT_YET = Long.MIN_VALUE;

  private final int index;
  private final Lane lane;
  private final Ledger ledger;
  private final int mostOpen;
  private final Faults faults;

  /** When something was last received; written by the receiver, read by the supervisor. */
  private final AtomicLong heardNanos = new AtomicLong();

  /** Since when something that was sent is awaited; written by the sender and the receiver. */
  private final AtomicLong unansweredNanos = new AtomicLong();

  private final AtomicLong sentSoFar = new AtomicLong();

  /** How many messages are settled, if a receiver of its own says so, else {@link #NOT_YET}. */
  private final AtomicLong settledUpTo = new AtomicLong(NOT_YET);

  private volatile long lastSendNanos = NOT_YET;

  /** When the supervisor last ended a receive's waiting; known to the supervisor only. */
  private long waitEndedNanos;

  /** Whether the last that was heard was a refusal or the end of the connection; the receiver's. */
  private boolean gone;

  private long heardWhenUnanswered;
  private long firstSequence;
  private long nextSequence;
  private long reconnects;

  /**
   * A conversation that has not begun.
   *
   * @param mostOpen messages whose fate may be open at once
   */
  Conversation(int index, Lane lane, Ledger ledger, int mostOpen, Faults faults) {
    this.index = index;
    this.lane = lane;
    this.ledger = ledger;
    this.mostOpen = mostOpen;
    this.faults = faults;
  }

  int index() {
    return index;
  }

  Lane lane() {
    return lane;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Begins a phase; messages go on being numbered. */
  void begin() {
    ledger.begin(nextSequence);
    firstSequence = nextSequence;
    reconnects = 0;
    gone = false;
    lastSendNanos = NOT_YET;
    waitEndedNanos = NOT_YET;
    settledUpTo.setOpaque(NOT_YET);
    long now = System.nanoTime();
    heardNanos.setOpaque(now);
    unansweredNanos.setOpaque(now);
    heardWhenUnanswered = 0;
  }

  /** The number of the next message. */
  long takeSequence() {
    return takeSequences(1);
  }

  /** The number of the first of so many messages. */
  long takeSequences(int messages) {
    long first = nextSequence;
    nextSequence += messages;
    return first;
  }

  /** The number of the message that was last sent, or will have been; -1 before the first. */
  long lastSequence() {
    return nextSequence - 1;
  }

  /** The sender's note that a message went out. */
  void sent(long sentNanos) {
    sentSoFar.setOpaque(nextSequence);
    long heard = heardNanos.getOpaque();
    if (heard != heardWhenUnanswered) {
      heardWhenUnanswered = heard;
      unansweredNanos.setOpaque(sentNanos);
    }
  }

  /**
   * The receiver's note that something came.
   *
   * @param more whether other messages are under way: a sender that collects a batch may send none
   *     before those are answered, so they are awaited from now on
   */
  void heard(long receivedNanos, boolean more) {
    gone = false;
    heardNanos.setOpaque(receivedNanos);
    if (more) {
      unansweredNanos.setOpaque(receivedNanos);
    }
  }

  /** The receiver's note that all messages before this one, or as many, are settled. */
  void settledUpTo(long sequence) {
    settledUpTo.setOpaque(sequence);
  }

  /** Whether a receiver of its own may be waiting though nothing can come any more. */
  boolean isIdle() {
    return lastSendNanos != NOT_YET && settledUpTo.getOpaque() == nextSequence;
  }

  /** The sender's note that it sends no more in this phase. */
  void sendingEnded(long nowNanos) {
    lastSendNanos = nowNanos;
  }

  /** When the sending of this phase ended, or {@link #NOT_YET}. */
  long lastSendNanos() {
    return lastSendNanos;
  }

  /** When something was last sent or received in a phase that is over. */
  long lastEventNanos() {
    long heard = heardNanos.getOpaque();
    return lastSendNanos == NOT_YET || lastSendNanos - heard < 0 ? heard : lastSendNanos;
  }

  /** How many messages went out, those of earlier phases included; any thread may ask. */
  long sentSoFar() {
    return sentSoFar.getOpaque();
  }

  /** How long messages have been going out without anything coming back; any thread may ask. */
  long silentNanos(long nowNanos) {
    long unanswered = unansweredNanos.getOpaque();
    return unanswered - heardNanos.getOpaque() < 0 ? 0 : nowNanos - unanswered;
  }

  /** Ends a receive that has waited for so long; to be called by the supervisor. */
  void endWaitingAfter(long patienceNanos, long nowNanos) {
    boolean justEnded = waitEndedNanos != NOT_YET && nowNanos - waitEndedNanos <= patienceNanos;
    if (!justEnded && silentNanos(nowNanos) > patienceNanos) {
      waitEndedNanos = nowNanos;
      lane.endWaiting();
    }
  }

  /**
   * Ends a receive that has waited for so long, if half of the messages that may be open are; to be
   * called by the supervisor. Before, nobody needs to know which of them are overdue.
   */
  void endWaitingForRoomAfter(long patienceNanos, long nowNanos) {
    long settled = settledUpTo.getOpaque();
    long open = sentSoFar.getOpaque() - (settled == NOT_YET ? firstSequence : settled);
    if (open > mostOpen / 2 && silentNanos(nowNanos) > patienceNanos) {
      lane.endWaiting();
    }
  }

  /**
   * Opens a connection in place of one that broke.
   *
   * @throws SocketFailure as of {@code connect(2)}
   */
  void reconnect() throws SocketFailure {
    lane.connect();
    if (!lane.isLossy()) {
      reconnects++; // A new UDP socket is no event: there was no connection.
    }
  }

  /** How often the connection was made anew in this phase. */
  long reconnects() {
    return reconnects;
  }

  /** The system reports that a message was refused, which the connection, if any, survives. */
  void refused() {
    gone = true;
    ledger.refused();
  }

  /**
   * Whether the peer seems to be gone, in a phase that is over: it refused or closed, or was silent
   * for longer than it takes to wait for one lost message.
   */
  boolean peerIsGone(long nowNanos, long deadlineNanos) {
    return gone || (ledger.sent() > 0 && silentNanos(nowNanos) > 2 * deadlineNanos);
  }

  /**
   * The connection broke: closes it, and what was under way has its fate. Where messages may be
   * lost, the waiting for the last of them ends by closing the socket, which says nothing of the
   * peer.
   */
  void broke(SocketFailure failure) {
    boolean givenUp = failure.error() == SocketError.CLOSED;
    if (!(givenUp && lane.isLossy())) {
      gone = true;
      faults.note(
          givenUp
              ? "nothing came back any more, so the connection was given up"
              : String.valueOf(failure.getMessage()));
    }
    lane.close();
    boolean refused =
        failure.error() == SocketError.RESET || failure.error() == SocketError.REFUSED;
    ledger.abandon(refused ? Outcome.REFUSED : Outcome.LOST);
  }

  /** The peer ended the connection. */
  void ended() {
    gone = true;
    faults.note("the peer closed the connection");
    lane.close();
    ledger.abandon(Outcome.LOST);
  }

  /** Something went wrong that the connection survives. */
  void fault(SocketFailure failure) {
    faults.note(failure);
  }

  /** Nothing was heard for too long, and the loop goes no further. */
  void gaveUp() {
    faults.note("gave up: nothing came back for " + ClosedLoop.GIVE_UP.toSeconds() + " s");
  }
}
