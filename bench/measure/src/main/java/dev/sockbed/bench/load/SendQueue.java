package dev.sockbed.bench.load;

import dev.sockbed.common.SocketFailure;
import java.nio.ByteBuffer;

/**
 * Where a sender that has a thread of its own puts the messages of one connection. With batches
 * they wait for a {@link #flush}, and were sent when they were put here: so their service times
 * have the making of the batch in them.
 */
final class SendQueue {
  private final Conversation conversation;
  private final Lane lane;
  private final SentLog log;
  private final boolean batched;
  private final MessageSizes sizes;
  private final ProbeMessage codec;
  private final ByteBuffer message;
  private final SendTimes times;

  /** Whether messages wait for a flush, and the first that does. */
  private boolean keeps;

  private long firstKept;

  SendQueue(
      Conversation conversation,
      SentLog log,
      boolean batched,
      MessageSizes sizes,
      ProbeMessage codec,
      SendTimes times) {
    this.conversation = conversation;
    this.lane = conversation.lane();
    this.log = log;
    this.batched = batched;
    this.sizes = sizes;
    this.codec = codec;
    this.message = ByteBuffer.allocateDirect(sizes.largest());
    this.times = times;
  }

  Conversation conversation() {
    return conversation;
  }

  SentLog log() {
    return log;
  }

  /**
   * Sends the next message, or keeps it for the flush; there must be room for it.
   *
   * @param intended when it is meant to go out, or {@link Conversation#NOT_YET} for now
   * @param account the sender's, which takes the time of the call and the failure
   */
  void send(long intended, boolean isLast, SenderAccount account) {
    account.message();
    long sequence = conversation.takeSequence();
    codec.write(message, sizes.at(sequence), sequence);
    if (isLast) {
      log.last(sequence);
    }
    long sent = System.nanoTime();
    codec.stamp(message, sent);
    log.sending(intended == Conversation.NOT_YET ? sent : intended, sent);
    conversation.sent(sent);
    if (!lane.isConnected()) {
      failAll(keeps ? firstKept : sequence, sequence, account);
      keeps = false;
    } else if (batched) {
      keep(sequence, account);
    } else {
      sendAlone(sequence, sent, account);
    }
  }

  private void sendAlone(long sequence, long begun, SenderAccount account) {
    try {
      log.refused(lane.send(message, sequence));
      times.record(called(begun, account));
    } catch (SocketFailure e) {
      conversation.fault(e);
      fail(sequence, account);
      called(begun, account);
    }
  }

  private void keep(long sequence, SenderAccount account) {
    try {
      while (!lane.enqueue(message, sequence)) {
        flush(sequence - 1, account);
      }
      if (!keeps) {
        keeps = true;
        firstKept = sequence;
      }
    } catch (SocketFailure e) {
      conversation.fault(e);
      fail(sequence, account);
    }
  }

  /** Sends what was kept. */
  void flush(SenderAccount account) {
    if (keeps) {
      flush(conversation.lastSequence(), account);
    }
  }

  /** A datagram that fails is given up, and those behind it go on; a stream that fails is gone. */
  private void flush(long newest, SenderAccount account) {
    boolean left = true;
    while (left) {
      long begun = System.nanoTime();
      try {
        log.refused(lane.flush());
        times.record(called(begun, account));
        left = false;
      } catch (SocketFailure e) {
        conversation.fault(e);
        called(begun, account);
        long failed = lane.isLossy() ? newest - lane.enqueued() : firstKept;
        left = lane.isLossy() && lane.isConnected() && failed < newest;
        failAll(failed, left ? failed : newest, account);
      }
    }
    keeps = false;
  }

  private void failAll(long first, long last, SenderAccount account) {
    for (long sequence = first; sequence <= last; sequence++) {
      fail(sequence, account);
    }
  }

  private void fail(long sequence, SenderAccount account) {
    log.failed(sequence);
    account.failed();
  }

  private static long called(long begun, SenderAccount account) {
    long call = System.nanoTime() - begun;
    account.called(call);
    return call;
  }

  /** Says that no more is sent in this phase. */
  void end(long nowNanos) {
    log.last(conversation.lastSequence());
    conversation.sendingEnded(nowNanos);
  }
}
