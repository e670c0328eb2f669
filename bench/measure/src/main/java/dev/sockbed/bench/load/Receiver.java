package dev.sockbed.bench.load;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Receives the replies of one connection on which another thread sends, accounts for them, and
 * makes the connection anew when it breaks.
 */
final class Receiver implements Loop, Replies {
  private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

  private final Conversation conversation;
  private final Lane lane;
  private final Ledger ledger;
  private final SentLog log;
  private final RetryPause backoff = new RetryPause();

  Receiver(Conversation conversation, SentLog log) {
    this.conversation = conversation;
    this.lane = conversation.lane();
    this.ledger = conversation.ledger();
    this.log = log;
  }

  @Override
  public void begin() {
    log.begin(ledger.next());
    conversation.settledUpTo(ledger.next());
  }

  @Override
  public void run(Phase phase) {
    while (!isDone(phase)) {
      if (lane.isConnected()) {
        receive(phase);
      } else if (phase.over(System.nanoTime()) || log.hasLast()) {
        LockSupport.parkNanos(this, NAP_NANOS); // Until the sender has ended, too.
      } else {
        reconnect(phase);
      }
      account();
    }
    if (ledger.inFlight() > 0 && !lane.isLossy()) {
      lane.close(); // Or the replies would be taken for those of the next phase.
    }
    log.enterIn(ledger);
    ledger.close();
  }

  /** Enters a reply, after everything that was sent before it came. */
  @Override
  public boolean reply(ByteBuffer message, boolean cut, long receivedNanos, long order) {
    log.enterIn(ledger);
    return ledger.reply(message, cut, receivedNanos, order);
  }

  @Override
  public int wholeReplies(ByteBuffer messages, int size, long receivedNanos, long order) {
    log.enterIn(ledger);
    return ledger.wholeReplies(messages, size, receivedNanos, order);
  }

  private boolean isDone(Phase phase) {
    if (!log.isComplete()) {
      return false;
    }
    if (ledger.inFlight() == 0) {
      return true;
    }
    long ended = conversation.lastSendNanos();
    return ended != Conversation.NOT_YET
        && (!lane.isConnected() || phase.overdueNanos(System.nanoTime(), ended) >= 0);
  }

  private void receive(Phase phase) {
    try {
      int messages;
      do {
        messages = lane.receive(this);
      } while (messages >= 0 && lane.hasReceived());
      if (messages == Lane.END_OF_STREAM) {
        log.enterIn(ledger);
        conversation.ended();
      } else if (messages != Lane.NOTHING_YET) {
        conversation.heard(System.nanoTime(), ledger.inFlight() > 0);
        backoff.reset();
      }
    } catch (SocketFailure e) {
      log.enterIn(ledger);
      if (log.isComplete() && ledger.inFlight() == 0) {
        return; // The supervisor ended a wait for what can't come any more.
      }
      if (e.error() == SocketError.REFUSED && lane.isLossy()) {
        conversation.refused();
      } else if (lane.isLossy() && lane.isConnected()) {
        conversation.fault(e);
        backoff.pause(phase);
      } else {
        conversation.broke(e);
      }
    }
  }

  private void reconnect(Phase phase) {
    try {
      conversation.reconnect();
    } catch (SocketFailure e) {
      conversation.fault(e);
      backoff.pause(phase);
    }
  }

  private void account() {
    log.enterIn(ledger);
    if (lane.isLossy()) {
      ledger.expire(System.nanoTime());
    }
    log.makeRoom(ledger.inFlight());
    conversation.settledUpTo(ledger.next() - ledger.inFlight());
  }
}
