package dev.sockbed.bench.link.model;

/**
 * Random numbers that can be looked up: the draw for a packet depends on the seed, on what is drawn
 * and on the packet's number, and on nothing else. So a packet is lost or not whatever its delay
 * is, and a change of one property leaves the draws of the others as they were.
 *
 * <p>The numbers are those of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014), each aspect a stream of its own.
 */
final class Draws {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  private final long key;

  /**
   * One stream of draws.
   *
   * @param seed of the whole link
   * @param direction the two directions draw apart
   * @param aspect what is drawn
   */
  Draws(long seed, Direction direction, Aspect aspect) {
    long stream = 2L * aspect.number + (direction == Direction.UP ? 1 : 2);
    key = mix(mix(seed) + stream * GOLDEN_GAMMA);
  }

  /** What is drawn for each packet, or for each connection. */
  enum Aspect {
    LOSS(0),
    BURST(1),
    DELAY(2),
    DELAY_OF_COPY(3),
    REORDER(4),
    DUPLICATE(5),
    CORRUPT(6),
    FLIPPED_BIT(7),
    SHARE(8);

    /** Fixed for good: another number would give another fate for the same seed. */
    private final int number;

    Aspect(int number) {
      this.number = number;
    }
  }

  /** A number for a packet, at least 0 and below 1. */
  double uniform(long packet) {
    return (mix(key + packet * GOLDEN_GAMMA) >>> 11) * TWO_TO_MINUS_53;
  }

  /** A whole number for a packet, at least 0 and below {@code bound}. */
  long below(long packet, long bound) {
    return (long) (uniform(packet) * bound);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
