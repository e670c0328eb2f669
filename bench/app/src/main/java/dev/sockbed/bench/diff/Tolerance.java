package dev.sockbed.bench.diff;

/**
 * What does not matter.
 *
 * @param slowDown of times and rates, as in 0.05
 * @param share of the messages that no longer come back, as in 0.005
 */
public record Tolerance(double slowDown, double share) {
  /** Whether a ratio's whole interval lies above what does not matter. */
  boolean exceededBy(Interval slowDowns) {
    return slowDowns.low() > 1 + slowDown;
  }

  /** Whether it lies below. */
  boolean undercutBy(Interval slowDowns) {
    return slowDowns.high() < 1 / (1 + slowDown);
  }

  /** Whether it lies within. */
  boolean holds(Interval slowDowns) {
    return slowDowns.low() >= 1 / (1 + slowDown) && slowDowns.high() <= 1 + slowDown;
  }

  /** By which factor the second run may be the slower one, whatever the measure. */
  record Interval(double low, double high) {}
}
