package dev.sockbed.common.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes received bytes fit to be shown on a terminal, which would obey the control sequences in
 * them. Bytes are read as UTF-8. Printable characters stay; a control byte and any byte that is not
 * UTF-8 becomes {@code \x1b}, and a control or formatting character beyond ASCII becomes {@code
 * \}{@code u{202e}}.
 *
 * <p>There are two styles. As running text, line feeds, tabs and backslashes stay and a carriage
 * return becomes {@code \r}: it can be read, but not turned back into the bytes. As {@linkplain
 * #quoted quoted text} it can: then {@code \n \r \t \0 \e \\ \"} are spelled so.
 *
 * <p>For one thread at a time.
 */
public final class EscapedText {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  private final Style style;

  /** The first bytes of a character whose others have not come yet. */
  private ByteBuffer begun = ByteBuffer.allocate(0);

  /**
   * How some characters are spelled.
   *
   * @param spelled those with an escape of their own
   * @param letters the letters of these escapes, in the same order
   * @param kept those of the control characters that stay
   */
  private record Style(String spelled, String letters, String kept) {
    static final Style RUNNING = new Style("\r", "r", "\n\t");
    static final Style QUOTED = new Style("\n\r\t\0\u001b\\\"", "nrt0e\\\"", "");
  }

  private EscapedText(Style style) {
    this.style = style;
  }

  /** Running text, which comes in pieces. */
  public EscapedText() {
    this(Style.RUNNING);
  }

  /** Some bytes, which are all there is, as running text. */
  public static String of(byte... bytes) {
    EscapedText text = new EscapedText();
    return text.next(ByteBuffer.wrap(bytes)) + text.end();
  }

  /**
   * Some bytes as text that stands between double quotes, and from which they can be read again.
   */
  public static String quoted(byte... bytes) {
    EscapedText text = new EscapedText(Style.QUOTED);
    return text.next(ByteBuffer.wrap(bytes)) + text.end();
  }

  /**
   * Takes the next bytes of a stream, those between position and limit.
   *
   * @return what can be shown of them; a character that they only begin waits for the next call
   */
  public String next(ByteBuffer bytes) {
    ByteBuffer all = ByteBuffer.allocate(begun.remaining() + bytes.remaining());
    all.put(begun).put(bytes).flip();
    CharBuffer characters = CharBuffer.allocate(all.remaining());
    StringBuilder shown = new StringBuilder(all.remaining());
    CoderResult result;
    do {
      result = decoder.decode(all, characters, false);
      characters.flip().codePoints().forEach(character -> append(shown, character));
      characters.clear();
      if (result.isError()) {
        for (int i = 0; i < result.length(); i++) {
          appendByte(shown, all.get());
        }
      }
    } while (!result.isUnderflow());
    begun = all;
    return shown.toString();
  }

  /** What is left when no more bytes will come: a character that was begun and not ended. */
  public String end() {
    StringBuilder shown = new StringBuilder();
    while (begun.hasRemaining()) {
      appendByte(shown, begun.get());
    }
    return shown.toString();
  }

  private void append(StringBuilder shown, int character) {
    int spelled = style.spelled().indexOf(character);
    if (spelled >= 0) {
      shown.append('\\').append(style.letters().charAt(spelled));
    } else if (isPrintable(character) || style.kept().indexOf(character) >= 0) {
      shown.appendCodePoint(character);
    } else if (character < 0x80) {
      appendByte(shown, (byte) character);
    } else {
      shown.append("\\u{").append(Integer.toHexString(character)).append('}');
    }
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      // Formatting characters can reverse the text around them, or hide in it; those of private use
      // have no look of their own.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static void appendByte(StringBuilder shown, byte value) {
    shown.append("\\x%02x".formatted(value));
  }
}
