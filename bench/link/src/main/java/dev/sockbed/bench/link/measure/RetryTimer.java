package dev.sockbed.bench.link.measure;

/**
 * When a message is sent again, as RFC 6298 says for TCP: after the smoothed round-trip time and
 * four times its variation, doubled for each time it was sent already. Unlike TCP's 200 ms (Linux)
 * or a second (the RFC), the least is 10 ms: a client that builds this itself may choose.
 *
 * <p>May be used by several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6298">RFC 6298</a>
 */
public final class RetryTimer {
  private static final long FIRST_NANOS = 200_000_000;
  private static final long LEAST_NANOS = 10_000_000;
  private static final long MOST_NANOS = 1_000_000_000;
  private static final int NONE = -1;

  private long smoothed = NONE;
  private long variation;

  /**
   * Learns from an answer to a message that was sent once only: of others it is not known which
   * sending was answered (Karn's algorithm).
   */
  public synchronized void answered(long roundTripNanos) {
    if (smoothed == NONE) {
      smoothed = roundTripNanos;
      variation = roundTripNanos / 2;
      return;
    }
    variation += (Math.abs(smoothed - roundTripNanos) - variation) / 4;
    smoothed += (roundTripNanos - smoothed) / 8;
  }

  /**
   * How long to wait for an answer.
   *
   * @param sendings how often the message was sent, at least 1
   */
  public synchronized long waitNanos(int sendings) {
    long first = smoothed == NONE ? FIRST_NANOS : Math.max(LEAST_NANOS, smoothed + 4 * variation);
    return Math.min(MOST_NANOS, first << Math.min(sendings - 1, 10));
  }
}
