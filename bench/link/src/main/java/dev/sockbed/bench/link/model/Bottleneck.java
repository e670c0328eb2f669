package dev.sockbed.bench.link.model;

import java.util.Arrays;

/**
 * A link that sends one packet after the other at its rate, and the queue before it. What finds the
 * queue full is dropped: tail drop.
 */
final class Bottleneck {
  private static final int FIRST_ROOM = 64;

  /** A packet was dropped. */
  static final long DROPPED = -1;

  private long[] ends = new long[FIRST_ROOM];
  private int[] sizes = new int[FIRST_ROOM];
  private int first;
  private int count;
  private long bytes;
  private final Transmitter transmitter;

  /**
   * An empty queue.
   *
   * @param startNanos the moment at which traces begin
   */
  Bottleneck(long startNanos) {
    transmitter = new Transmitter(startNanos);
  }

  /**
   * Takes a packet.
   *
   * @return when its last bit has left, or {@link #DROPPED}; {@code now} without a rate
   */
  long accept(OneWay way, long nowNanos, int packetBytes) {
    if (way.rate() instanceof Bandwidth.Unlimited) {
      return nowNanos;
    }
    forgetSent(nowNanos);
    if (!way.queue().takes(count, bytes, packetBytes)) {
      return DROPPED;
    }
    long end = transmitter.send(way.rate(), nowNanos, packetBytes);
    remember(end, packetBytes);
    return end;
  }

  private void forgetSent(long nowNanos) {
    while (count > 0 && ends[first] - nowNanos <= 0) {
      bytes -= sizes[first];
      first = (first + 1) % ends.length;
      count--;
    }
  }

  private void remember(long endNanos, int packetBytes) {
    if (count == ends.length) {
      grow();
    }
    int last = (first + count) % ends.length;
    ends[last] = endNanos;
    sizes[last] = packetBytes;
    count++;
    bytes += packetBytes;
  }

  private void grow() {
    int room = ends.length;
    long[] moreEnds = Arrays.copyOf(ends, 2 * room);
    int[] moreSizes = Arrays.copyOf(sizes, 2 * room);
    System.arraycopy(ends, 0, moreEnds, room, first);
    System.arraycopy(sizes, 0, moreSizes, room, first);
    ends = moreEnds;
    sizes = moreSizes;
  }
}
