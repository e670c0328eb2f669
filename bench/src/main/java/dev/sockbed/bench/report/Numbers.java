package dev.sockbed.bench.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them; null, which is unknown, is shown as {@code -}. */
public final class Numbers {
  private static final String UNKNOWN = "-";

  private Numbers() {}

  /** A time in the unit that suits it, three digits: {@code 850 ns}, {@code 19.8 µs}. */
  static String time(@Nullable Long nanos) {
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
  static String count(@Nullable Long count) {
    return count == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", count);
  }

  /** A number and what is counted: {@code 1 trial}, {@code 48,210 messages}. */
  public static String counted(long count, String one, String several) {
    return count(count) + " " + (count == 1 ? one : several);
  }

  /** A rate: whole with commas, or three digits when it is small. */
  static String rate(@Nullable Double perSecond) {
    if (perSecond == null) {
      return UNKNOWN;
    }
    return perSecond < 100 ? threeDigits(perSecond) : count(Math.round(perSecond));
  }

  /** A share of a whole as a percentage that never rounds something to nothing. */
  static String percent(long part, long whole) {
    if (whole == 0) {
      return UNKNOWN;
    }
    double percent = 100.0 * part / whole;
    if (part > 0 && percent < 0.01) {
      return "<0.01 %";
    }
    int digits = part == 0 || part == whole ? 0 : percent < 1 ? 2 : 1;
    return String.format(Locale.ROOT, "%." + digits + "f %%", percent);
  }

  /** A part of a whole as a percentage with one digit, exact at both ends. */
  public static String share(double part) {
    return String.format(Locale.ROOT, part == 0 || part == 1 ? "%.0f %%" : "%.1f %%", 100 * part);
  }

  private static String threeDigits(double value) {
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
