package dev.sockbed.bench.link.transfer;

/**
 * How many datagrams may be in flight: slow start and halving at a loss, once for each round trip,
 * and back to one when a timer ran out (RFC 5681, counted in datagrams). Not for several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5681">RFC 5681</a>
 */
final class SendWindow {
  /** RFC 6928's initial window. */
  private static final double FIRST = 10;

  private static final double LEAST_THRESHOLD = 2;

  private double window = FIRST;
  private double threshold = Double.MAX_VALUE;

  /** Losses of datagrams that were sent before this one belong to the round trip of the last. */
  private int recovered;

  /** Whether one more may be sent. */
  boolean hasRoom(int inFlight) {
    return inFlight < window;
  }

  /** One was acknowledged. */
  void acknowledged() {
    window += window < threshold ? 1 : 1 / window;
  }

  /**
   * One was lost.
   *
   * @param number of the datagram that was lost, in the order of sending
   * @param next the number of the one that is sent next
   * @param inFlight how many were, with the lost one
   */
  void lost(int number, int next, int inFlight) {
    if (number >= recovered) {
      window = halved(next, inFlight);
    }
  }

  /** All that were in flight may be lost. */
  void timedOut(int next, int inFlight) {
    halved(next, inFlight);
    window = 1;
  }

  private double halved(int next, int inFlight) {
    recovered = next;
    threshold = Math.max(LEAST_THRESHOLD, inFlight / 2.0);
    return threshold;
  }
}
