package dev.sockbed.bench.load;

/** What decides when the next message is sent. */
public sealed interface Pace {

  /**
   * The replies decide: a message is sent when fewer than so many are under way. A peer that is
   * slow is asked less often, so what it does in the meantime is not seen.
   *
   * @param window messages under way at once on each connection, 1 to 65,536
   */
  record ClosedLoop(int window) implements Pace {
    private static final int LARGEST_WINDOW = 65_536;

    /**
     * @throws IllegalArgumentException if the window is out of range
     */
    public ClosedLoop {
      if (window < 1 || window > LARGEST_WINDOW) {
        throw new IllegalArgumentException(
            "the window must be 1 to %d messages, not %d".formatted(LARGEST_WINDOW, window));
      }
    }
  }

  /**
   * The clock decides, whatever the peer does; what it holds up counts as response time.
   *
   * @param ratePerSecond messages a second over all connections together, above 0 and at most
   *     1,000,000,000
   * @param arrival how they are spread
   */
  record OpenLoop(double ratePerSecond, Arrival arrival) implements Pace {
    private static final double HIGHEST_RATE = 1e9;

    /**
     * @throws IllegalArgumentException if the rate is out of range
     */
    public OpenLoop {
      if (!(ratePerSecond > 0 && ratePerSecond <= HIGHEST_RATE)) {
        boolean whole = ratePerSecond == (long) ratePerSecond;
        throw new IllegalArgumentException(
            "the rate must be above 0/s and at most 1000000000/s, not %s/s"
                .formatted(
                    whole ? String.valueOf((long) ratePerSecond) : String.valueOf(ratePerSecond)));
      }
    }
  }
}
