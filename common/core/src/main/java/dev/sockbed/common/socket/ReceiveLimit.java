package dev.sockbed.common.socket;

import java.nio.ByteBuffer;

/** What a caller may ask a receive for. */
final class ReceiveLimit {
  private ReceiveLimit() {}

  /**
   * Where the received bytes end at most.
   *
   * @return the buffer's position plus {@code limit}
   * @throws IllegalArgumentException if {@code limit} is below 1, over the configured one, or more
   *     than the buffer has room for
   */
  static int checkedEnd(ByteBuffer buffer, int limit, int configured) {
    if (limit < 1 || limit > configured || limit > buffer.remaining()) {
      throw new IllegalArgumentException(
          "receive limit " + limit + ": must be 1 to " + Math.min(configured, buffer.remaining()));
    }
    return buffer.position() + limit;
  }
}
