package dev.sockbed.bench.link.model;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one packet.
 *
 * @param packet its number in its direction, from 0
 * @param drop why it does not arrive, or null if it does
 * @param arrivalNanos when it arrives, on the clock on which it came; of no meaning if it does not
 * @param copyArrivalNanos when its copy arrives, or {@link #NO_COPY}
 * @param flippedBit which of its bits is flipped, counted from the first bit of the packet, or
 *     {@link #INTACT}
 * @param heldBack whether it was held back so that others overtake it
 */
public record Fate(
    long packet,
    @Nullable Drop drop,
    long arrivalNanos,
    long copyArrivalNanos,
    long flippedBit,
    boolean heldBack) {

  /** The packet arrives once only. */
  public static final long NO_COPY = Long.MIN_VALUE;

  /** No bit of the packet is flipped. */
  public static final long INTACT = -1;

  /** A packet that does not arrive. */
  static Fate dropped(long packet, Drop drop) {
    return new Fate(packet, drop, 0, NO_COPY, INTACT, false);
  }

  /** Whether it arrives twice. */
  public boolean copied() {
    return copyArrivalNanos != NO_COPY;
  }

  /** Whether it arrives with a flipped bit. */
  public boolean corrupted() {
    return flippedBit != INTACT;
  }

  /**
   * The fate in words, for people and traces, as in {@code arrives after 10.2 ms, corrupted (bit
   * 17)}.
   *
   * @param cameNanos when the packet came
   */
  public String describe(long cameNanos) {
    if (drop != null) {
      return "dropped: " + drop.label();
    }
    StringBuilder text = new StringBuilder("arrives after ");
    text.append(arrivalNanos - cameNanos).append(" ns");
    if (heldBack) {
      text.append(", held back");
    }
    if (corrupted()) {
      text.append(", bit ").append(flippedBit).append(" flipped");
    }
    if (copied()) {
      text.append(", again after ").append(copyArrivalNanos - cameNanos).append(" ns");
    }
    return text.toString();
  }
}
