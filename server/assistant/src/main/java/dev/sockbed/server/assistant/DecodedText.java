package dev.sockbed.server.assistant;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Octets read as UTF-8, what is none as U+FFFD, that still knows where in the octets each character
 * stood. So a search in the text finds octets, whatever they were.
 */
public final class DecodedText {
  /** The octets that U+FFFD itself takes, as UTF-8. */
  private static final int REPLACEMENT_OCTETS = 3;

  /** Some octets that were no UTF-8 and stand in the text as one U+FFFD. */
  private record Replaced(int at, int octets) {}

  private final String text;
  private final List<Replaced> replaced;

  private DecodedText(String text, List<Replaced> replaced) {
    this.text = text;
    this.replaced = replaced;
  }

  /** Reads them. */
  public static DecodedText of(Bytes octets) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = octets.buffer();
    CharBuffer out = CharBuffer.allocate(octets.length());
    List<Replaced> replaced = new ArrayList<>();
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      replaced.add(new Replaced(out.position(), result.length()));
      out.put('\ufffd');
      in.position(in.position() + result.length());
      result = decoder.decode(in, out, true);
    }
    return new DecodedText(out.flip().toString(), replaced);
  }

  /** The text. */
  public String text() {
    return text;
  }

  /** How many octets its first so many chars stand for. */
  public int octetsOf(int chars) {
    int octets = text.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
    for (Replaced one : replaced) {
      if (one.at() < chars) {
        octets += one.octets() - REPLACEMENT_OCTETS;
      }
    }
    return octets;
  }
}
