package dev.sockbed.bench.link.model;

import dev.sockbed.common.Durations;
import java.time.Duration;
import java.util.Locale;

/**
 * How long a packet is under way, beside the time that its bytes take at the link's rate.
 *
 * @param mean the mean of all packets
 * @param jitter how far they are from it: the standard deviation, of {@link Shape#UNIFORM} the
 *     greatest distance
 * @param shape how they are distributed
 */
public record Delay(Duration mean, Duration jitter, Shape shape) {
  /** The longest mean and jitter: more would only fill memory. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** Every packet arrives at once. */
  public static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO, Shape.NORMAL);

  /** How delays are distributed. A delay below zero is taken as zero. */
  public enum Shape {
    /** Gauss's bell. */
    NORMAL,
    /** All between mean − jitter and mean + jitter alike. */
    UNIFORM,
    /**
     * Most a little below the mean, few far above it: Pareto's distribution with the exponent 3,
     * shifted and stretched to the mean and the standard deviation. The shortest is the mean −
     * 0.577 jitter.
     */
    PARETO;

    /** The name in flags and files: lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double PARETO_EXPONENT = 3;
  private static final double PARETO_MEAN = 1.5;
  private static final double PARETO_DEVIATION = Math.sqrt(0.75);

  /**
   * @throws IllegalArgumentException if a duration is negative or longer than a minute
   */
  public Delay {
    require("delay", mean);
    require("jitter", jitter);
  }

  private static void require(String what, Duration duration) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the " + what + " must be 0 s to 1 min, not " + Durations.inWords(duration));
    }
  }

  /** The same but for the mean. */
  public Delay withMean(Duration mean) {
    return new Delay(mean, jitter, shape);
  }

  /** The same but for the jitter. */
  public Delay withJitter(Duration jitter) {
    return new Delay(mean, jitter, shape);
  }

  /** The same but for the shape. */
  public Delay withShape(Shape shape) {
    return new Delay(mean, jitter, shape);
  }

  /**
   * The delay below which a part of all packets stays.
   *
   * @param part at least 0 and below 1
   * @return nanoseconds, never negative
   */
  public long quantileNanos(double part) {
    if (jitter.isZero()) {
      return mean.toNanos();
    }
    double deviations =
        switch (shape) {
          case NORMAL -> NormalQuantile.of(part);
          case UNIFORM -> 2 * part - 1;
          case PARETO ->
              (Math.pow(1 - part, -1 / PARETO_EXPONENT) - PARETO_MEAN) / PARETO_DEVIATION;
        };
    return Math.max(0, Math.round(mean.toNanos() + deviations * jitter.toNanos()));
  }
}
