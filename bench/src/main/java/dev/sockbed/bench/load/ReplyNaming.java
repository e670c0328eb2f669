package dev.sockbed.bench.load;

import java.nio.ByteBuffer;

/**
 * Which message a reply says that it belongs to. A message of under eight bytes is named by its
 * low-order bytes only: it is the oldest one under way with these bytes and of that size, else the
 * latest of those before.
 */
final class ReplyNaming {
  private static final long NOBODY = -1;

  private final MessageSizes sizes;
  private final Outstanding open;

  ReplyNaming(MessageSizes sizes, Outstanding open) {
    this.sizes = sizes;
    this.open = open;
  }

  /**
   * The sequence number that a reply names.
   *
   * @param due the oldest message that may be under way
   * @param next the number that was not sent yet
   * @return a number below {@code next}; negative if no message was sent that could be meant
   */
  long of(ByteBuffer reply, long due, long next) {
    int length = reply.remaining();
    if (length == 0) {
      return NOBODY;
    }
    long bytes = ProbeMessage.sequence(reply);
    if (length >= Long.BYTES) {
      return bytes < next ? bytes : NOBODY;
    }
    long step = 1L << (Byte.SIZE * length);
    long candidate = lowestFrom(due, bytes, length);
    for (int i = 0; i < sizes.cycle() && candidate < next; i++) {
      if (sizes.at(candidate) == length && open.find(candidate) >= 0) {
        return candidate;
      }
      candidate += step;
    }
    return latestBefore(next, step, bytes, length);
  }

  private long latestBefore(long next, long step, long bytes, int length) {
    long candidate = lowestFrom(next - step, bytes, length);
    for (int i = 0; i < sizes.cycle() && candidate >= 0; i++) {
      if (sizes.at(candidate) == length) {
        return candidate;
      }
      candidate -= step;
    }
    return NOBODY;
  }

  /** The lowest number from {@code from} on that has these low-order bytes. */
  private static long lowestFrom(long from, long bytes, int length) {
    return from + ProbeMessage.lowOrderOf(bytes - from, length);
  }
}
