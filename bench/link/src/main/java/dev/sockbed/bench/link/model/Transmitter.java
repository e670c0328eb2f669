package dev.sockbed.bench.link.model;

import org.jspecify.annotations.Nullable;

/** Sends one packet after the other at the rate of the moment. For one thread at a time. */
final class Transmitter {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long startNanos;

  /** When the last packet's last bit left; of no meaning before the first. */
  private long freeAtNanos;

  private boolean begun;

  /** The trace that the last packet was sent by, the opportunity that it ended in, and its rest. */
  private @Nullable DeliveryTrace trace;

  private long opportunity;
  private int bytesLeft;

  /**
   * Has nothing to send.
   *
   * @param startNanos the moment at which traces begin
   */
  Transmitter(long startNanos) {
    this.startNanos = startNanos;
  }

  /**
   * Sends a packet behind those before it.
   *
   * @param nowNanos when it came; never less than for the packet before
   * @return when its last bit has left
   */
  long send(Bandwidth rate, long nowNanos, int packetBytes) {
    return switch (rate) {
      case Bandwidth.Unlimited() -> nowNanos;
      // A burst of nanoseconds is kept whole: rounding up costs at most 1 ns a packet.
      case Bandwidth.Constant(long bitsPerSecond) ->
          sent(begin(nowNanos) + Math.ceilDiv(packetBytes * 8L * NANOS_PER_SECOND, bitsPerSecond));
      case Bandwidth.Recorded(DeliveryTrace recorded) ->
          sent(send(recorded, begin(nowNanos), packetBytes));
    };
  }

  private long begin(long nowNanos) {
    return begun && freeAtNanos - nowNanos > 0 ? freeAtNanos : nowNanos;
  }

  private long sent(long endNanos) {
    begun = true;
    freeAtNanos = endNanos;
    return endNanos;
  }

  private long send(DeliveryTrace recorded, long begin, int packetBytes) {
    long since = begin - startNanos;
    if (!recorded.equals(trace) || recorded.atNanos(opportunity) < since) {
      trace = recorded;
      opportunity = recorded.firstFrom(since);
      bytesLeft = DeliveryTrace.BYTES;
    }
    int bytes = packetBytes;
    while (bytes > bytesLeft) {
      bytes -= bytesLeft;
      bytesLeft = DeliveryTrace.BYTES;
      opportunity++;
    }
    bytesLeft -= bytes;
    return startNanos + recorded.atNanos(opportunity);
  }
}
