package dev.sockbed.bench.conformance;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A sentence is not kept: what was seen instead. */
public final class Violation extends Exception {
  private static final long serialVersionUID = 1;

  /** So many bytes around the first difference say enough. */
  private static final int SHOWN_BYTES = 48;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final @Nullable String expected;
  private final @Nullable String received;

  private Violation(String what, @Nullable String expected, @Nullable String received) {
    super(what);
    this.expected = expected;
    this.received = received;
  }

  /** Something that has no bytes to show. */
  public static Violation of(String what) {
    return new Violation(what, null, null);
  }

  /** Bytes that are not as they should be; shown around their first difference. */
  public static Violation of(String what, byte[] expected, byte[] received) {
    int difference = Arrays.mismatch(expected, received);
    int from = Math.max(0, difference - SHOWN_BYTES / 3);
    return new Violation(what, excerpt(expected, from), excerpt(received, from));
  }

  /** Hexadecimal of what was expected, or null. */
  public @Nullable String expected() {
    return expected;
  }

  /** Hexadecimal of what was received, or null. */
  public @Nullable String received() {
    return received;
  }

  private static String excerpt(byte[] bytes, int from) {
    if (bytes.length == 0) {
      return "(0 bytes)";
    }
    int begin = Math.min(from, bytes.length);
    int end = Math.min(begin + SHOWN_BYTES, bytes.length);
    String before = begin > 0 ? "… " : "";
    String after = end < bytes.length ? " …" : "";
    String hex = before + HEX.formatHex(bytes, begin, end) + after;
    return hex
        + " ("
        + bytes.length
        + (bytes.length == 1 ? " byte" : " bytes")
        + (begin > 0 ? ", from byte " + begin : "")
        + ")";
  }
}
