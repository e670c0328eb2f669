package dev.sockbed.server.assistant;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Bytes as hexadecimal digits, read tolerantly: upper or lower case; spaces, commas, colons, dashes
 * or nothing between bytes; {@code 0x} before each or none.
 */
public final class HexText {
  private HexText() {}

  /**
   * Reads hexadecimal digits.
   *
   * @throws AssistantException naming the position of the first fault, counted from 1: something
   *     that is no digit, or a digit without its second
   */
  public static Bytes parse(String text) throws AssistantException {
    ByteBuffer out = ByteBuffer.allocate(text.length());
    int at = 0;
    while (at < text.length()) {
      if (isSeparator(text.charAt(at))) {
        at++;
      } else if (text.regionMatches(true, at, "0x", 0, 2)) {
        at += 2;
        out.put(octet(text, at));
        at += 2;
      } else {
        out.put(octet(text, at));
        at += 2;
      }
    }
    return Bytes.copyOf(out.flip(), Integer.MAX_VALUE);
  }

  /** Writes bytes as {@code 48 65 6c}. */
  public static String show(Bytes bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes.toArray());
  }

  private static byte octet(String text, int at) throws AssistantException {
    checkDigit(text, at, at);
    checkDigit(text, at + 1, at);
    return (byte) HexFormat.fromHexDigits(text, at, at + 2);
  }

  private static void checkDigit(String text, int at, int first) throws AssistantException {
    if (at == text.length() || (at > first && isSeparator(text.charAt(at)))) {
      String alone = first < text.length() ? "'" + text.charAt(first) + "'" : "nothing";
      throw new AssistantException(
          Fault.BAD_INPUT,
          "a byte has two hexadecimal digits, but there is only %s at position %d"
              .formatted(alone, first + 1));
    }
    if (!HexFormat.isHexDigit(text.charAt(at))) {
      throw new AssistantException(
          Fault.BAD_INPUT,
          "'%s' at position %d is not a hexadecimal digit"
              .formatted(Character.toString(text.codePointAt(at)), at + 1));
    }
  }

  private static boolean isSeparator(char c) {
    return Character.isWhitespace(c) || ",:;-_".indexOf(c) >= 0;
  }
}
