package dev.sockbed.bench.load;

import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/**
 * The moments at which one sender of an open loop means to send: all that it will send, whatever
 * happens to it. Looks some messages ahead, so that a sender knows which are a connection's last.
 * Allocates nothing once begun.
 */
final class Schedule {
  private static final double NANOS_PER_SECOND = 1e9;

  /** So many random gaps are drawn in some hundredths of a second. */
  private static final long MOST_WALKED = 1_000_000;

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

  /**
   * How many messages from the next one on are meant to go out before a moment; to be asked at the
   * end, since it goes on. A fast schedule may be billions ahead of its sender, so they are not
   * counted one by one: of a constant rate the number follows from the moment, of random gaps it is
   * the expected one from the millionth on, which is off by about the square root of the rest.
   *
   * @param isBefore whether a moment is before that one
   * @param most the number is no larger than this
   */
  long countWhile(LongPredicate isBefore, long most) {
    if (arrival == Arrival.CONSTANT) {
      long from = taken;
      return leading(
          k -> isBefore.test(startNanos + (long) (offsetNanos + (from + k) * gapNanos)), most);
    }
    long walked = 0;
    while (walked < most && isBefore.test(next())) {
      if (walked == MOST_WALKED) {
        long reached = next();
        return walked + leading(k -> isBefore.test(reached + (long) (k * gapNanos)), most - walked);
      }
      walked++;
      advance();
    }
    return walked;
  }

  /** How many numbers from 0 on there are, up to so many, before the first that fails. */
  private static long leading(LongPredicate holds, long most) {
    long step = 1;
    while (step < most && holds.test(step - 1)) {
      step = step > most / 2 ? most : 2 * step;
    }
    long low = 0;
    long high = Math.min(step, most);
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (holds.test(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
