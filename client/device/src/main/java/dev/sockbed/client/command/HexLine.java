package dev.sockbed.client.command;

import dev.sockbed.common.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes as a person writes them: {@code 48 65 6c}, {@code 48656C}, {@code 0x48 0x65 0x6c}. White
 * space may stand between bytes, {@code 0x} before any run of digits, letters in either case.
 */
final class HexLine {
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  /** The bytes of U+FEFF, with which some editors begin a file. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private HexLine() {}

  /** {@code 48 65 6c}: the bytes between position and limit. */
  static String format(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return SPACED.formatHex(copy);
  }

  /**
   * Reads a line.
   *
   * @param text the line without its line feed
   * @param lineNumber for the error's text, from 1
   * @throws UsageException naming line, column (in bytes, from 1) and fault
   */
  static byte[] parse(byte[] text, int lineNumber) {
    String line = new String(text, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length() / 2);
    int at = lineNumber == 1 && line.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    while (at < line.length()) {
      if (Character.isWhitespace(line.charAt(at))) {
        at++;
      } else {
        at = parseRun(line, at, lineNumber, bytes);
      }
    }
    return bytes.toByteArray();
  }

  /** Reads one run of digits up to the next white space, and tells where that is. */
  private static int parseRun(String line, int start, int lineNumber, ByteArrayOutputStream into) {
    boolean prefixed = line.startsWith("0x", start) || line.startsWith("0X", start);
    int at = prefixed ? start + 2 : start;
    if (at == line.length() || Character.isWhitespace(line.charAt(at))) {
      throw fault(lineNumber, start, "no digits after '0x'");
    }
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      int high = digit(line, at, lineNumber);
      if (at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1))) {
        throw fault(
            lineNumber, at, "a byte has two digits, and '" + line.charAt(at) + "' stands alone");
      }
      into.write(high << 4 | digit(line, at + 1, lineNumber));
      at += 2;
    }
    return at;
  }

  private static int digit(String line, int at, int lineNumber) {
    char character = line.charAt(at);
    if (!HexFormat.isHexDigit(character)) {
      String shown =
          character > ' ' && character < 0x7f
              ? "'" + character + "'"
              : "the byte 0x%02x".formatted((int) character);
      throw fault(lineNumber, at, shown + " is not a hexadecimal digit");
    }
    return HexFormat.fromHexDigit(character);
  }

  private static UsageException fault(int lineNumber, int at, String what) {
    return new UsageException(
        "standard input, line " + lineNumber + ", column " + (at + 1) + ": " + what);
  }
}
