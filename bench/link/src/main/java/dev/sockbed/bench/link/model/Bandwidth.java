package dev.sockbed.bench.link.model;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How quickly one direction of a link takes packets; a packet's length counts with its IP header.
 */
public sealed interface Bandwidth {
  /** A packet's length takes no time. */
  Bandwidth UNLIMITED = new Unlimited();

  /** See {@link #UNLIMITED}. */
  record Unlimited() implements Bandwidth {
    @Override
    public String toString() {
      return "unlimited";
    }
  }

  /**
   * Always the same.
   *
   * @param bitsPerSecond 1 kbit/s to 100 Gbit/s
   */
  record Constant(long bitsPerSecond) implements Bandwidth {
    private static final long HIGHEST = 100_000_000_000L;
    private static final long LOWEST = 1_000;

    private static final Pattern SHAPE =
        Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)(bit|kbit|Mbit|Gbit)/s");

    /**
     * @throws IllegalArgumentException if it is out of range
     */
    public Constant {
      if (bitsPerSecond < LOWEST || bitsPerSecond > HIGHEST) {
        throw new IllegalArgumentException(
            "the rate must be 1 kbit/s to 100 Gbit/s, not " + bitsPerSecond + " bit/s");
      }
    }

    private static Bandwidth parse(String text) {
      Matcher matcher = SHAPE.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "not a rate: '" + text + "' (write for example 500kbit/s, 1Mbit/s or unlimited)");
      }
      long bits = new BigDecimal(matcher.group(1)).multiply(bitsIn(matcher.group(2))).longValue();
      if (bits == 0) {
        throw new IllegalArgumentException("a rate of zero allows nothing through; say outage");
      }
      return new Constant(bits);
    }

    @Override
    public String toString() {
      String[] units = {"Gbit", "Mbit", "kbit"};
      for (String unit : units) {
        BigDecimal count =
            BigDecimal.valueOf(bitsPerSecond).divide(bitsIn(unit)).stripTrailingZeros();
        if (count.compareTo(BigDecimal.ONE) >= 0 && count.scale() <= 3) {
          return count.toPlainString() + unit + "/s";
        }
      }
      return bitsPerSecond + "bit/s";
    }

    private static BigDecimal bitsIn(String unit) {
      return BigDecimal.valueOf(
          switch (unit) {
            case "kbit" -> 1_000L;
            case "Mbit" -> 1_000_000L;
            case "Gbit" -> 1_000_000_000L;
            default -> 1L;
          });
    }
  }

  /**
   * As it was on a real link, or might have been.
   *
   * @param trace when packets could leave
   */
  record Recorded(DeliveryTrace trace) implements Bandwidth {
    @Override
    public String toString() {
      return "trace " + trace.name();
    }
  }

  /**
   * Reads a constant rate as people write it, {@code 9600bit/s} or {@code 1.5Mbit/s}, or {@code
   * unlimited}.
   *
   * @throws IllegalArgumentException if {@code text} has another shape, or is out of range
   */
  static Bandwidth parse(String text) {
    return text.equals("unlimited") ? UNLIMITED : Constant.parse(text);
  }
}
