package dev.sockbed.common;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of a whole as people write them: {@code 5%}, {@code 0.1%}. */
public final class Percentages {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

  private Percentages() {}

  /**
   * Reads a percentage, {@code 0%} to {@code 100%}.
   *
   * @return the part, 0 to 1
   * @throws IllegalArgumentException if {@code text} has another shape, or is above 100%
   */
  public static double parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a percentage: '" + text + "' (write for example 5% or 0.1%)");
    }
    double percent = Double.parseDouble(matcher.group(1));
    if (percent > 100) {
      throw new IllegalArgumentException("a percentage is at most 100 %, not '" + text + "'");
    }
    return percent / 100;
  }

  /** Writes a part of 1 as {@link #parse} reads it, to a millionth of a percent. */
  public static String format(double part) {
    BigDecimal percent = BigDecimal.valueOf(Math.round(part * 1e8), 6).stripTrailingZeros();
    return percent.toPlainString() + "%";
  }

  /** The same for a sentence or a table: {@code 0.1 %}. */
  public static String inWords(double part) {
    return format(part).replace("%", " %");
  }
}
