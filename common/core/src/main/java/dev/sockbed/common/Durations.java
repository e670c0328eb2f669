package dev.sockbed.common;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Durations as people write them: {@code 50us}, {@code 300ms}, {@code 1.5s}, {@code 2m}. */
public final class Durations {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h)");

  /** The longest duration that is understood: 292 years of nanoseconds would overflow a long. */
  public static final Duration LONGEST = Duration.ofDays(365);

  private Durations() {}

  /**
   * Reads a duration: a decimal number and one of the units {@code ns us ms s m h}.
   *
   * @return the duration, zero included, never negative
   * @throws IllegalArgumentException if {@code text} has another shape, is finer than a nanosecond,
   *     or is longer than 365 days; the message says which, and what would be right
   */
  public static Duration parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a duration: '" + text + "' (write for example 50us, 300ms, 10s or 2m)");
    }
    BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(nanosIn(matcher.group(2)));
    if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
      throw new IllegalArgumentException("duration too long: '" + text + "' (at most 8760 h)");
    }
    try {
      return Duration.ofNanos(nanos.longValueExact());
    } catch (ArithmeticException finerThanNanos) {
      throw new IllegalArgumentException(
          "duration too fine: '" + text + "' (the smallest step is 1 ns)", finerThanNanos);
    }
  }

  /**
   * Writes a duration as {@link #parse} reads it, in the largest unit that needs no fraction:
   * {@code 300ms}, {@code 90s}; one over {@link #LONGEST} in whole hours.
   *
   * @see #inWords
   */
  public static String format(Duration duration) {
    String unit = unitOf(duration);
    return count(duration, unit) + unit;
  }

  /**
   * The same for a sentence or a table: {@code 300 ms}, {@code 5 min}.
   *
   * @see #format
   */
  public static String inWords(Duration duration) {
    String unit = unitOf(duration);
    String symbol =
        switch (unit) {
          case "m" -> "min";
          case "us" -> "µs";
          default -> unit;
        };
    return count(duration, unit) + " " + symbol;
  }

  /** The largest unit of which the duration is a whole number; hours if it is too long to tell. */
  private static String unitOf(Duration duration) {
    if (duration.abs().compareTo(LONGEST) > 0) {
      return "h";
    }
    if (duration.isZero()) {
      return "s";
    }
    long nanos = duration.toNanos();
    return Stream.of("h", "m", "s", "ms", "us")
        .filter(unit -> nanos % nanosIn(unit).longValueExact() == 0)
        .findFirst()
        .orElse("ns");
  }

  private static long count(Duration duration, String unit) {
    return unit.equals("h")
        ? duration.toHours()
        : duration.toNanos() / nanosIn(unit).longValueExact();
  }

  /**
   * Refuses a negative duration, and one over {@link #LONGEST}.
   *
   * @throws IllegalArgumentException naming it
   */
  public static void checkNotNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "the " + name + " must not be negative: " + inWords(duration));
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the %s must be at most %s, not %s".formatted(name, inWords(LONGEST), inWords(duration)));
    }
  }

  private static BigDecimal nanosIn(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> throw new IllegalArgumentException("unknown unit of time: " + unit);
        });
  }
}
