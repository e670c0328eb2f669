package dev.sockbed.bench.result;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them; null, which is unknown, is shown as {@code -}. */
public final class Numbers {
  private static final String UNKNOWN = "-";

  /** What is less, or lacks less to the whole, is not told in digits. */
  private static final double LEAST_SHARE = 1e-4;

  private Numbers() {}

  /** A time in the unit that suits it, three digits: {@code 850 ns}, {@code 19.8 µs}. */
  public static String time(@Nullable Long nanos) {
    if (nanos == null) {
      return UNKNOWN;
    }
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    if (nanos < 999_500) {
      return threeDigits(nanos / 1e3) + " µs";
    }
    if (nanos < 999_500_000) {
      return threeDigits(nanos / 1e6) + " ms";
    }
    return threeDigits(nanos / 1e9) + " s";
  }

  /** A whole number with commas: {@code 48,210}. */
  public static String count(@Nullable Long count) {
    return count == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", count);
  }

  /** A number and what is counted: {@code 1 trial}, {@code 48,210 messages}. */
  public static String counted(long count, String one, String several) {
    return count(count) + " " + (count == 1 ? one : several);
  }

  /** A rate: whole with commas, or three digits when it is small. */
  public static String rate(@Nullable Double perSecond) {
    if (perSecond == null) {
      return UNKNOWN;
    }
    return perSecond < 100 ? threeDigits(perSecond) : count(Math.round(perSecond));
  }

  /** Bits a second in the unit that suits it, three digits: {@code 3.42 Mbit/s}. */
  public static String bits(double perSecond) {
    if (perSecond < 999.5) {
      return threeDigits(perSecond) + " bit/s";
    }
    if (perSecond < 999.5e3) {
      return threeDigits(perSecond / 1e3) + " kbit/s";
    }
    return perSecond < 999.5e6
        ? threeDigits(perSecond / 1e6) + " Mbit/s"
        : threeDigits(perSecond / 1e9) + " Gbit/s";
  }

  /**
   * A part of a whole as a percentage that rounds neither something to nothing nor what is not all
   * to all.
   */
  public static String percent(long part, long whole) {
    if (whole == 0) {
      return UNKNOWN;
    }
    return share(part == whole ? 1 : Math.min((double) part / whole, Math.nextDown(1.0)));
  }

  /** A part of 1 in the same form: {@code 0 %}, {@code 0.50 %}, {@code 99.8 %}, {@code 100 %}. */
  public static String share(double part) {
    double percent = 100 * part;
    if (part == 0 || part == 1) {
      return String.format(Locale.ROOT, "%.0f %%", percent);
    }
    if (part < LEAST_SHARE) {
      return "<0.01 %";
    }
    if (part < 1 && part > 1 - LEAST_SHARE) {
      return ">99.99 %";
    }
    boolean nearAnEnd = part < 0.01 || (part < 1 && part >= 0.9995);
    return String.format(Locale.ROOT, nearAnEnd ? "%.2f %%" : "%.1f %%", percent);
  }

  private static String threeDigits(double value) {
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
