package dev.sockbed.bench.load;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Drives one connection in one thread: sends while fewer messages than the window are under way,
 * then receives. With a window of 1 that is a plain send and receive, and the service time is that
 * of the bare exchange.
 *
 * <p>With batches, what fits into the window goes out together, once a quarter of it is free, and
 * all that came in is taken before the next. If each reply was followed by a message at once, both
 * ends would soon handle batches of a few. The send time of each is then when its batch was begun,
 * so that service times have the making of the batch in them.
 *
 * <p>When the peer refuses or the connection breaks, it pauses, longer each time, and tries again.
 */
final class ClosedLoop implements Loop {
  /** A run that is to send a number of messages ends when nothing came back for so long. */
  static final Duration GIVE_UP = Duration.ofSeconds(10);

  private static final int MOST_BYTES_TOGETHER = 64 << 10;

  private final Conversation conversation;
  private final Lane lane;
  private final Ledger ledger;
  private final int window;
  private final boolean batched;
  private final int leastBatch;
  private final MessageSizes sizes;
  private final ProbeMessage codec;

  /** One message, or as many as are put together in one piece. */
  private final ByteBuffer messages;

  private final int mostTogether;
  private final SendTimes sendTimes;
  private final RetryPause backoff = new RetryPause();

  private long now;

  /** How many messages are still to be sent in this phase. */
  private long left;

  ClosedLoop(
      Conversation conversation,
      int window,
      boolean batched,
      MessageSizes sizes,
      ProbeMessage codec,
      SendTimes sendTimes) {
    this.conversation = conversation;
    this.lane = conversation.lane();
    this.ledger = conversation.ledger();
    this.window = window;
    this.batched = batched;
    this.leastBatch = Math.max(1, window / 4);
    this.sizes = sizes;
    this.codec = codec;
    this.mostTogether =
        batched && sizes.cycle() == 1
            ? Math.clamp(MOST_BYTES_TOGETHER / sizes.largest(), 1, window)
            : 1;
    this.messages = ByteBuffer.allocateDirect(mostTogether * sizes.largest());
    this.sendTimes = sendTimes;
  }

  @Override
  public void run(Phase phase) {
    left = phase.budget(conversation.index());
    boolean counted = left != Long.MAX_VALUE;
    now = System.nanoTime();
    while (!phase.over(now) && (left > 0 || ledger.inFlight() > 0)) {
      if (counted && conversation.silentNanos(now) > GIVE_UP.toNanos()) {
        conversation.gaveUp();
        break;
      }
      if (!lane.isConnected() && !reconnect(phase)) {
        continue;
      }
      if (batched ? sendBatch(phase) : sendEach(phase)) {
        receive(phase);
      }
    }
    conversation.sendingEnded(now);
    drain(phase);
  }

  private void drain(Phase phase) {
    long end = now + phase.drainNanos();
    while (ledger.inFlight() > 0 && lane.isConnected() && now - end < 0) {
      receive(phase);
    }
    if (ledger.inFlight() > 0 && !lane.isLossy()) {
      lane.close(); // Or the replies would be taken for those of the next phase.
    }
    ledger.close();
  }

  private boolean reconnect(Phase phase) {
    boolean connected = false;
    try {
      conversation.reconnect();
      connected = true;
    } catch (SocketFailure e) {
      conversation.fault(e);
      backoff.pause(phase);
    }
    now = System.nanoTime();
    return connected;
  }

  private boolean sendEach(Phase phase) {
    boolean good = true;
    while (good && left > 0 && ledger.inFlight() < window && !phase.over(now)) {
      good = send(phase);
      left--;
    }
    return good;
  }

  private boolean send(Phase phase) {
    long sequence = conversation.takeSequence();
    codec.write(messages, sizes.at(sequence), sequence);
    long sent = System.nanoTime();
    codec.stamp(messages, sent);
    try {
      int refused = lane.send(messages, sequence);
      now = System.nanoTime();
      // The peer is at work already, so this bookkeeping costs the exchange no time.
      ledger.sending(sequence, sent, sent);
      sendTimes.record(now - sent);
      conversation.sent(sent);
      for (int i = 0; i < refused; i++) {
        conversation.refused();
      }
      return true;
    } catch (SocketFailure e) {
      ledger.sending(sequence, sent, sent);
      ledger.failed(sequence);
      trouble(e, phase);
      return false;
    }
  }

  private boolean sendBatch(Phase phase) {
    if (window - ledger.inFlight() < leastBatch) {
      return true;
    }
    long begun = System.nanoTime();
    boolean good = true;
    while (good && left > 0 && ledger.inFlight() < window) {
      int room = Math.min(window - ledger.inFlight(), mostTogether);
      int count = (int) Math.min(room, left);
      left -= count;
      good = enqueue(written(count, begun), count, phase);
    }
    return good && flush(conversation.lastSequence(), phase);
  }

  /** Writes messages one after the other, and returns the first one's number. */
  private long written(int count, long begun) {
    long first = conversation.takeSequences(count);
    messages.clear();
    for (long sequence = first; sequence < first + count; sequence++) {
      codec.put(messages, sizes.at(sequence), sequence, begun);
      ledger.sending(sequence, begun, begun);
    }
    messages.flip();
    conversation.sent(begun);
    return first;
  }

  private boolean enqueue(long first, int count, Phase phase) {
    int size = messages.remaining() / count;
    try {
      while (!lane.enqueueRun(messages, size, first)) {
        if (!flush(first + count - left(size) - 1, phase) && !lane.isLossy()) {
          return false;
        }
      }
      return true;
    } catch (SocketFailure e) {
      for (int left = left(size); left > 0; left--) {
        ledger.failed(first + count - left);
      }
      trouble(e, phase);
      return false;
    }
  }

  /** How many messages were not taken. */
  private int left(int size) {
    return Math.ceilDiv(messages.remaining(), size);
  }

  /**
   * Sends the messages that were enqueued.
   *
   * @param newest the last of them
   */
  private boolean flush(long newest, Phase phase) {
    long begin = System.nanoTime();
    try {
      int refused = lane.flush();
      now = System.nanoTime();
      sendTimes.record(now - begin);
      for (int i = 0; i < refused; i++) {
        conversation.refused();
      }
      return true;
    } catch (SocketFailure e) {
      ledger.failed(newest - lane.enqueued());
      trouble(e, phase);
      return false;
    }
  }

  private void receive(Phase phase) {
    try {
      int messages;
      do {
        messages = lane.receive(ledger);
      } while (messages >= 0 && lane.hasReceived());
      now = System.nanoTime();
      if (messages == Lane.END_OF_STREAM) {
        conversation.ended();
        pause(phase);
      } else if (messages != Lane.NOTHING_YET) {
        conversation.heard(now, ledger.inFlight() > 0);
        backoff.reset();
      }
    } catch (SocketFailure e) {
      now = System.nanoTime();
      if (e.error() == SocketError.REFUSED && lane.isLossy()) {
        conversation.refused();
        pause(phase);
      } else {
        trouble(e, phase);
      }
    }
    if (lane.isLossy()) {
      ledger.expire(now);
    }
  }

  /** A call failed. Over TCP that is the connection's end; a UDP socket can go on. */
  private void trouble(SocketFailure failure, Phase phase) {
    if (lane.isLossy() && lane.isConnected()) {
      conversation.fault(failure);
    } else {
      conversation.broke(failure);
    }
    pause(phase);
  }

  private void pause(Phase phase) {
    backoff.pause(phase);
    now = System.nanoTime();
  }
}
