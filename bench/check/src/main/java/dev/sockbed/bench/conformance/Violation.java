package dev.sockbed.bench.conformance;

import java.time.Duration;
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
  private final @Nullable Duration missed;

  private Violation(
      String what,
      @Nullable String expected,
      @Nullable String received,
      @Nullable Duration missed) {
    super(what);
    this.expected = expected;
    this.received = received;
    this.missed = missed;
  }

  /** Something that has no bytes to show. */
  public static Violation of(String what) {
    return new Violation(what, null, null, null);
  }

  /**
   * Something that did not come in time; a checker that was itself held up has to say so.
   *
   * @param within the time in which it should have come
   */
  public static Violation late(String what, Duration within) {
    return new Violation(what, null, null, within);
  }

  /** Bytes that are not as they should be; shown around their first difference. */
  public static Violation of(String what, byte[] expected, byte[] received) {
    return between(what, expected, received, null);
  }

  /** Bytes of which the last did not come in time. */
  public static Violation late(String what, byte[] expected, byte[] received, Duration within) {
    return between(what, expected, received, within);
  }

  private static Violation between(
      String what, byte[] expected, byte[] received, @Nullable Duration missed) {
    int difference = Arrays.mismatch(expected, received);
    int from = Math.max(0, difference - SHOWN_BYTES / 3);
    return new Violation(what, excerpt(expected, from), excerpt(received, from), missed);
  }

  /** Hexadecimal of what was expected, or null. */
  public @Nullable String expected() {
    return expected;
  }

  /** Hexadecimal of what was received, or null. */
  public @Nullable String received() {
    return received;
  }

  /** In which time something should have come, or null if it is not its lateness that is wrong. */
  public @Nullable Duration missed() {
    return missed;
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
