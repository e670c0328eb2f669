package dev.sockbed.bench.link.model;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates of a link as people write them: {@code 9600bit/s}, {@code 1.5Mbit/s}. */
final class BitRates {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)(bit|kbit|Mbit|Gbit)/s");

  private BitRates() {}

  /**
   * Reads a rate, or {@code unlimited}.
   *
   * @return bits a second, or {@link OneWay#UNLIMITED}
   * @throws IllegalArgumentException if {@code text} has another shape
   */
  static long parse(String text) {
    if (text.equals("unlimited")) {
      return OneWay.UNLIMITED;
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a rate: '" + text + "' (write for example 500kbit/s, 1Mbit/s or unlimited)");
    }
    long bits = new BigDecimal(matcher.group(1)).multiply(bitsIn(matcher.group(2))).longValue();
    if (bits == OneWay.UNLIMITED) {
      throw new IllegalArgumentException("a rate of zero allows nothing through; say outage");
    }
    return bits;
  }

  /** Writes a rate as {@link #parse} reads it. */
  static String format(long bitsPerSecond) {
    if (bitsPerSecond == OneWay.UNLIMITED) {
      return "unlimited";
    }
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
