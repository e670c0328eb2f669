package dev.sockbed.server.assistant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes as a person types them: UTF-8, and escapes for what can't be typed. What {@link
 * dev.sockbed.common.command.EscapedText#quoted} shows can be typed, and gives the same bytes.
 *
 * <pre>
 * \n \r \t \0 \e \\ \"     line feed, carriage return, tab, zero, escape, backslash, quote
 * \x41                     the byte 0x41
 * &#92;u{4e2d}                 the character U+4E2D, as UTF-8
 * </pre>
 */
public final class TypedText {
  private TypedText() {}

  /**
   * Reads text with escapes.
   *
   * @throws AssistantException naming the position of the first fault, counted from 1
   */
  public static Bytes parse(String text) throws AssistantException {
    ByteBuffer out = ByteBuffer.allocate(4 * text.length());
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (character == '\\') {
        at = parseEscape(text, at, out);
      } else {
        putCharacter(out, character, at);
        at += Character.charCount(character);
      }
    }
    return Bytes.copyOf(out.flip(), Integer.MAX_VALUE);
  }

  private static int parseEscape(String text, int at, ByteBuffer out) throws AssistantException {
    if (at + 1 == text.length()) {
      throw fault("a backslash at the end", at, "write \\\\ for a backslash");
    }
    char kind = text.charAt(at + 1);
    int simple = "nrt0e\\\"".indexOf(kind);
    if (simple >= 0) {
      out.put((byte) "\n\r\t\0\u001b\\\"".charAt(simple));
      return at + 2;
    }
    return switch (kind) {
      case 'x' -> {
        out.put((byte) hexadecimal(text, at, at + 2, at + 4));
        yield at + 4;
      }
      case 'u' -> {
        int close = text.indexOf('}', at);
        if (close < 0 || text.charAt(at + 2) != '{') {
          throw fault("an incomplete escape", at, "write \\u{4e2d}");
        }
        putCharacter(out, hexadecimal(text, at, at + 3, close), at);
        yield close + 1;
      }
      default ->
          throw fault(
              "an unknown escape \\" + kind,
              at,
              "known are \\n \\r \\t \\0 \\e \\\\ \\\" \\xHH \\u{H}");
    };
  }

  private static int hexadecimal(String text, int at, int from, int to) throws AssistantException {
    boolean good = to <= text.length() && from < to && to - from <= 6;
    for (int i = from; good && i < to; i++) {
      good = HexFormat.isHexDigit(text.charAt(i));
    }
    if (!good) {
      throw fault("an incomplete escape", at, "write \\x and two hexadecimal digits, or \\u{4e2d}");
    }
    return HexFormat.fromHexDigits(text, from, to);
  }

  private static void putCharacter(ByteBuffer out, int character, int at)
      throws AssistantException {
    boolean surrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    if (surrogate || !Character.isValidCodePoint(character)) {
      throw fault("something that is no character", at, "");
    }
    out.put(Character.toString(character).getBytes(StandardCharsets.UTF_8));
  }

  private static AssistantException fault(String what, int at, String instead) {
    String hint = instead.isEmpty() ? "" : " (" + instead + ")";
    return new AssistantException(Fault.BAD_INPUT, what + " at position " + (at + 1) + hint);
  }
}
