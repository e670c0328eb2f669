package dev.sockbed.server.assistant;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes as text that a person can read and type: UTF-8, and escapes for what can't be shown. {@link
 * #parse} gives back exactly the bytes that {@link #show} was given.
 *
 * <pre>
 * \n \r \t \0 \e \\ \"     line feed, carriage return, tab, zero, escape, backslash, quote
 * \x41                     the byte 0x41
 * &#92;u{4e2d}                 the character U+4E2D, as UTF-8
 * </pre>
 */
public final class EscapedText {
  private static final HexFormat HEX = HexFormat.of();

  private EscapedText() {}

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

  /** Writes bytes as text in which nothing acts on a terminal, and nothing is lost. */
  public static String show(Bytes bytes) {
    StringBuilder out = new StringBuilder(bytes.length() + 16);
    ByteBuffer rest = bytes.buffer();
    CharBuffer one = CharBuffer.allocate(2);
    while (rest.hasRemaining()) {
      int length = characterLength(rest, one);
      if (length == 0) {
        out.append("\\x").append(HEX.toHexDigits(rest.get()));
      } else {
        appendCharacter(out, Character.codePointAt(one.array(), 0, one.position()));
        rest.position(rest.position() + length);
      }
    }
    return out.toString();
  }

  /** Decodes the character at the buffer's position; 0 if there is none, or only a part of one. */
  private static int characterLength(ByteBuffer rest, CharBuffer one) {
    int first = rest.get(rest.position()) & 0xff;
    int length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length > rest.remaining()) {
      return 0;
    }
    CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    try {
      CharBuffer decoded = strict.decode(rest.slice(rest.position(), length));
      one.clear().put(decoded);
      return length;
    } catch (CharacterCodingException notUtf8) {
      return 0;
    }
  }

  private static void appendCharacter(StringBuilder out, int character) {
    int simple = "\n\r\t\0\u001b\\\"".indexOf(character);
    if (simple >= 0) {
      out.append('\\').append("nrt0e\\\"".charAt(simple));
      return;
    }
    switch (Character.getType(character)) {
      // Format characters turn the direction of text around; the others have no look of their own.
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> {
        if (character < 0x80) {
          out.append("\\x").append(HEX.toHexDigits((byte) character));
        } else {
          out.append("\\u{").append(Integer.toHexString(character)).append('}');
        }
      }
      default -> out.appendCodePoint(character);
    }
  }
}
