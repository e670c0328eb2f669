package dev.sockbed.bench.diff;

import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.WelchTest;

/**
 * How far the trials of a second run are from those of a first.
 *
 * @param slowDown by which factor the second run is the slower one, whatever the measure: times
 *     second by first, rates and shares first by second
 * @param slowerByChance the probability of trials so far apart if the second run were slower by the
 *     tolerance only
 * @param fasterByChance the same for faster
 */
record Shift(Comparison slowDown, double slowerByChance, double fasterByChance) {
  /**
   * Compares trials.
   *
   * @param slow what is above in the factor, one value a trial
   * @param fast what is below
   * @param tolerance as in 0.05
   * @param seed of the resampling
   */
  static Shift of(double[] slow, double[] fast, double tolerance, long seed) {
    boolean testable = Math.min(slow.length, fast.length) >= Comparison.FEWEST;
    return new Shift(
        Comparison.independent(slow, fast, seed),
        testable ? WelchTest.exceeds(slow, fast, 1 + tolerance) : 1,
        testable ? WelchTest.exceeds(fast, slow, 1 + tolerance) : 1);
  }

  /** Whether the trials of both runs are enough to tell. */
  boolean decidable() {
    return slowDown.low() != null;
  }

  /** Whether the whole interval lies on the slow side of the tolerance. */
  boolean beyond(double tolerance) {
    return slowDown.low() != null && slowDown.low() > 1 + tolerance;
  }

  /** Whether the whole interval lies on the fast side of the tolerance. */
  boolean below(double tolerance) {
    return slowDown.high() != null && slowDown.high() < 1 / (1 + tolerance);
  }
}
