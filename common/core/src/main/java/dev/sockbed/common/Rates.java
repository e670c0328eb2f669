package dev.sockbed.common;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates of messages as people write them: {@code 1000/s}, {@code 0.5/s}, {@code 1000}. */
public final class Rates {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,10}(?:\\.\\d{1,6})?)(?:/s)?");

  private Rates() {}

  /**
   * Reads a rate.
   *
   * @return messages a second, zero included
   * @throws IllegalArgumentException if {@code text} is not a number, with {@code /s} or without
   */
  public static double parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a rate: '" + text + "' (write for example 1000/s or 0.5/s)");
    }
    return Double.parseDouble(matcher.group(1));
  }
}
