package dev.sockbed.bench.load;

import dev.sockbed.common.SocketFailure;
import java.nio.ByteBuffer;

/** Where a sender that has a thread of its own puts the messages of one connection. */
final class Outlet {
  private final Conversation conversation;
  private final SentLog log;
  private final MessageSizes sizes;
  private final ProbeMessage codec;
  private final ByteBuffer message;
  private final SendTimes times;

  Outlet(
      Conversation conversation,
      SentLog log,
      MessageSizes sizes,
      ProbeMessage codec,
      SendTimes times) {
    this.conversation = conversation;
    this.log = log;
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
   * Sends the next message; there must be room for it.
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
    if (!conversation.lane().isConnected()) {
      log.failed(sequence);
      account.failed();
      return;
    }
    try {
      log.refused(conversation.lane().send(message, sequence));
      long call = System.nanoTime() - sent;
      times.record(call);
      account.called(call);
    } catch (SocketFailure e) {
      conversation.fault(e);
      log.failed(sequence);
      account.failed();
      account.called(System.nanoTime() - sent);
    }
  }

  /** Says that no more is sent in this phase. */
  void end(long nowNanos) {
    log.last(conversation.lastSequence());
    conversation.sendingEnded(nowNanos);
  }
}
