package dev.sockbed.bench.conformance.cases;

import java.util.Arrays;

/** Says how bytes that came differ from those that should have come. */
final class Difference {
  /** So many bytes in a row that agree again tell a displacement from a change. */
  private static final int AGREEING = 6;

  private static final int MOST_DISPLACED = 2_048;

  private Difference() {}

  /**
   * The first difference in words: a byte that is another, bytes that are missing, or too many.
   *
   * @param received differs from {@code expected}
   */
  static String between(byte[] expected, byte[] received) {
    int at = Arrays.mismatch(expected, received);
    if (isOnlyThatByte(at, expected, received)) {
      return changed(at, expected);
    }
    for (int by = 1; by <= MOST_DISPLACED; by++) {
      if (agree(expected, at + by, received, at)) {
        return by == 1
            ? "byte %,d of %,d is missing, and the rest moved up".formatted(at, expected.length)
            : "bytes %,d to %,d of %,d are missing, and the rest moved up"
                .formatted(at, at + by - 1, expected.length);
      }
      if (agree(expected, at, received, at + by)) {
        return "before byte %,d of %,d came %s that nobody had sent"
            .formatted(at, expected.length, by == 1 ? "a byte" : by + " bytes");
      }
    }
    return changed(at, expected);
  }

  private static String changed(int at, byte[] expected) {
    return "byte %,d of %,d came back changed".formatted(at, expected.length);
  }

  /** Asked first, since what repeats itself looks displaced, too. */
  private static boolean isOnlyThatByte(int at, byte[] expected, byte[] received) {
    int end = Math.min(expected.length, received.length);
    int rest = end - at;
    boolean agreeAfter =
        (rest > AGREEING || expected.length == received.length)
            && Arrays.equals(expected, at + 1, end, received, at + 1, end);
    // Of different lengths, both may end alike: then bytes are missing, or too many.
    return agreeAfter
        && !Arrays.equals(
            expected,
            expected.length - rest,
            expected.length,
            received,
            received.length - rest,
            received.length);
  }

  private static boolean agree(byte[] expected, int from, byte[] received, int at) {
    int length = Math.min(Math.min(expected.length - from, received.length - at), AGREEING);
    return length >= Math.min(AGREEING, Math.max(2, expected.length - from))
        && Arrays.equals(expected, from, from + length, received, at, at + length);
  }
}
