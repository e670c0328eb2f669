package dev.sockbed.bench.conformance.cases;

import java.util.Arrays;

/**
 * Says how bytes that came differ from those that should have come: by the least edit that makes
 * the one of the other, where bytes are changed in their places, or one run of bytes is missing or
 * too many and the rest is displaced.
 */
final class ByteDifference {
  /** So many bytes in a row that agree again tell a displacement from a change. */
  private static final int AGREEING = 6;

  private static final int MOST_DISPLACED = 2_048;

  /** What a run of missing bytes costs, however long; and an end that has not come. */
  private static final int STEP = 1;

  private final byte[] expected;
  private final byte[] received;

  /** Where they differ first. */
  private final int at;

  private int cost;
  private String told;

  private ByteDifference(byte[] expected, byte[] received) {
    this.expected = expected;
    this.received = received;
    this.at = Arrays.mismatch(expected, received);
    this.cost = cost(at, at, Integer.MAX_VALUE);
    this.told = "byte %,d of %,d came back changed".formatted(at, expected.length);
  }

  /**
   * The first difference in words: a byte that is another, bytes that are missing, or too many.
   *
   * @param received differs from {@code expected}
   */
  static String between(byte[] expected, byte[] received) {
    ByteDifference difference = new ByteDifference(expected, received);
    for (int by = 1; by <= MOST_DISPLACED; by++) {
      difference.tryMissing(by);
      difference.trySurplus(by);
    }
    return difference.told;
  }

  private void tryMissing(int by) {
    if (agree(at + by, at) && improve(STEP + cost(at + by, at, cost))) {
      told =
          by == 1
              ? "byte %,d of %,d is missing, and the rest moved up".formatted(at, expected.length)
              : "bytes %,d to %,d of %,d are missing, and the rest moved up"
                  .formatted(at, at + by - 1, expected.length);
    }
  }

  private void trySurplus(int by) {
    if (agree(at, at + by) && improve(by + cost(at, at + by, cost))) {
      told =
          "before byte %,d of %,d came %s that nobody had sent"
              .formatted(at, expected.length, by == 1 ? "a byte" : by + " bytes");
    }
  }

  private boolean improve(int other) {
    if (other >= cost) {
      return false;
    }
    cost = other;
    return true;
  }

  /**
   * How many bytes are others from there on, in their places. Those that came beyond the end count
   * each; the end that did not come may be on its way, and counts once.
   *
   * @param enough nobody needs to know how much more it is
   */
  private int cost(int from, int to, int enough) {
    int length = Math.min(expected.length - from, received.length - to);
    int tail = received.length - to - length;
    int cost = tail + (expected.length - from > length ? STEP : 0);
    for (int i = 0; i < length && cost < enough; i++) {
      cost += expected[from + i] == received[to + i] ? 0 : 1;
    }
    return cost;
  }

  /** Whether some bytes from there on are the same, or all that there are up to both ends. */
  private boolean agree(int from, int to) {
    int length = Math.min(Math.min(expected.length - from, received.length - to), AGREEING);
    boolean bothEnd = from + length == expected.length && to + length == received.length;
    return length > 0
        && (length == AGREEING || bothEnd)
        && Arrays.equals(expected, from, from + length, received, to, to + length);
  }
}
