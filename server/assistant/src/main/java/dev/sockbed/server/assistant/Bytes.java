package dev.sockbed.server.assistant;

import dev.sockbed.common.command.EscapedText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Some octets that never change, equal by value. */
public final class Bytes {
  /** None. */
  public static final Bytes NONE = new Bytes(new byte[0]);

  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /** A copy of an array. */
  public static Bytes of(byte[] array) {
    return new Bytes(array.clone());
  }

  /** A copy of what remains in a buffer, which stays as it is; no more than {@code most} of it. */
  static Bytes copyOf(ByteBuffer buffer, int most) {
    byte[] copy = new byte[Math.min(buffer.remaining(), most)];
    buffer.get(buffer.position(), copy);
    return new Bytes(copy);
  }

  /** A text's UTF-8. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many. */
  public int length() {
    return octets.length;
  }

  /** A copy. */
  public byte[] toArray() {
    return octets.clone();
  }

  /** A view for sending. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(octets).asReadOnlyBuffer();
  }

  /** The first of them. */
  public Bytes first(int most) {
    return octets.length <= most ? this : new Bytes(Arrays.copyOf(octets, most));
  }

  /** These, then those. */
  public Bytes then(Bytes more) {
    byte[] both = Arrays.copyOf(octets, octets.length + more.octets.length);
    System.arraycopy(more.octets, 0, both, octets.length, more.octets.length);
    return new Bytes(both);
  }

  /** As UTF-8; what is none is replaced. For matching; for showing there is {@link #toString}. */
  public String decoded() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** One character an octet, so that a search in the text is a search in the octets. */
  public String latin1() {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** Lower-case hexadecimal digits without spaces. */
  public String hex() {
    return HexFormat.of().formatHex(octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /** As text that {@link TypedText} reads again. */
  @Override
  public String toString() {
    return EscapedText.quoted(octets);
  }
}
