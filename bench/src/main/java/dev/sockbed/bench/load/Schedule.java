package dev.sockbed.bench.load;

import java.util.SplittableRandom;

/**
 * The moments at which one sender of an open loop means to send: all that it will send, whatever
 * happens to it. Looks some messages ahead, so that a sender knows which are a connection's last.
 * Allocates nothing once begun.
 */
final class Schedule {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Arrival arrival;
  private final double gapNanos;
  private final double offsetNanos;
  private final long seed;
  private final long[] upcoming;

  private SplittableRandom random;
  private double sinceStartNanos;
  private long startNanos;
  private long drawn;
  private long taken;

  /**
   * A schedule that has not begun.
   *
   * @param ratePerSecond messages a second of this sender
   * @param offset where between two messages of a constant rate it begins, 0 to 1, so that several
   *     senders take turns
   * @param seed of the random gaps
   * @param ahead how many messages after the next one can be looked at
   */
  Schedule(double ratePerSecond, Arrival arrival, double offset, long seed, int ahead) {
    this.arrival = arrival;
    this.gapNanos = NANOS_PER_SECOND / ratePerSecond;
    this.offsetNanos = offset * gapNanos;
    this.seed = seed;
    this.upcoming = new long[ahead + 1];
    this.random = new SplittableRandom(seed);
  }

  /** Begins, again and always with the same gaps. */
  void begin(long nowNanos) {
    startNanos = nowNanos;
    random = new SplittableRandom(seed);
    sinceStartNanos = 0;
    drawn = 0;
    taken = 0;
    while (drawn < upcoming.length) {
      draw();
    }
  }

  /** When the next message is meant to go out. */
  long next() {
    return upcoming[(int) (taken % upcoming.length)];
  }

  /** When the message as many after the next one as can be looked ahead is meant to go out. */
  long farthest() {
    return upcoming[(int) ((taken + upcoming.length - 1) % upcoming.length)];
  }

  /** Goes on to the message after. */
  void advance() {
    taken++;
    draw();
  }

  private void draw() {
    double at =
        switch (arrival) {
          case CONSTANT -> offsetNanos + drawn * gapNanos;
          case POISSON -> sinceStartNanos += -Math.log(1 - random.nextDouble()) * gapNanos;
        };
    upcoming[(int) (drawn % upcoming.length)] = startNanos + (long) at;
    drawn++;
  }
}
