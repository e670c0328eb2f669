package dev.sockbed.common;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 128}, {@code 4KiB}, {@code 1MiB}. */
public final class ByteSizes {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,10})(B|KiB|MiB|GiB)?");

  private ByteSizes() {}

  /**
   * Reads a number of bytes: a whole number and, if not plain bytes, {@code KiB}, {@code MiB} or
   * {@code GiB} (powers of 1024).
   *
   * @return bytes, 0 to 2,147,483,647
   * @throws IllegalArgumentException if {@code text} has another shape or is larger
   */
  public static int parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a size: '" + text + "' (write for example 128, 4KiB or 1MiB)");
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    long factor =
        switch (unit) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 1L;
        };
    long count = Long.parseLong(matcher.group(1));
    if (count > Integer.MAX_VALUE / factor) {
      throw new IllegalArgumentException("size too large: '" + text + "' (below 2GiB)");
    }
    return (int) (count * factor);
  }
}
