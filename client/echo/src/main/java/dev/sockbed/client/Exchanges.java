package dev.sockbed.client;

import dev.sockbed.common.Address;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What an exchange is checked for, over both transports. */
final class Exchanges {
  private Exchanges() {}

  /**
   * @throws IllegalArgumentException if the address is for the other transport, or the timeout is
   *     not longer than zero
   */
  static void check(Transport transport, Address server, Duration timeout) {
    if (server.transport() != transport) {
      throw new IllegalArgumentException(
          "not an address for " + transport.scheme() + ": " + server);
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "the timeout must be longer than zero: " + Durations.inWords(timeout));
    }
  }

  /**
   * @throws IllegalArgumentException if {@code reply} has no room for the echo, or for no byte
   */
  static void checkRoom(ByteBuffer request, ByteBuffer reply) {
    int needed = Math.max(1, request.remaining());
    if (reply.remaining() < needed) {
      throw new IllegalArgumentException(
          "the reply has room for %d bytes and needs %d".formatted(reply.remaining(), needed));
    }
  }

  /**
   * Whether what was received begins {@code message} or is all of it.
   *
   * @param message the bytes between its position and limit
   * @param reply received bytes, from {@code replyStart} to its position
   */
  static boolean beginsWith(ByteBuffer message, ByteBuffer reply, int replyStart) {
    int end = reply.limit();
    int received = reply.position() - replyStart;
    reply.flip().position(replyStart);
    int mismatch = message.mismatch(reply);
    reply.limit(end).position(replyStart + received);
    return mismatch == -1 || mismatch == received;
  }
}
