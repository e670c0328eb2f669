package dev.sockbed.bench.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Where the middle of a few values is, and how surely.
 *
 * @param center the mean of the values kept
 * @param squaredError of that mean
 * @param degreesOfFreedom of that error
 */
record Sample(double center, double squaredError, double degreesOfFreedom) {
  private static final int ENOUGH_TO_TRIM = 10;
  private static final double TRIMMED_SHARE = 0.2;

  /**
   * The mean of all values.
   *
   * @param values at least one; a single one has no degree of freedom, so nothing tells its error
   */
  static Sample of(double[] values) {
    return new Sample(
        Mean.of(values).getAsDouble(),
        Variance.of(values).getAsDouble() / values.length,
        values.length - 1);
  }

  /**
   * From ten values on, the mean without the fifth of them at either end, with the error that Yuen
   * gives for it: each value left out counts as the last that was kept ("The Two-Sample Trimmed t
   * for Unequal Population Variances", Biometrika 61, 1974). Of fewer values the mean of all.
   */
  static Sample trimmed(double[] values) {
    int n = values.length;
    if (n < ENOUGH_TO_TRIM) {
      return of(values);
    }
    int cut = (int) (TRIMMED_SHARE * n);
    int kept = n - 2 * cut;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double center = Mean.ofRange(sorted, cut, n - cut).getAsDouble();
    Arrays.fill(sorted, 0, cut, sorted[cut]);
    Arrays.fill(sorted, n - cut, n, sorted[n - cut - 1]);
    double squares = Variance.of(sorted).getAsDouble() * (n - 1);
    return new Sample(center, squares / kept / (kept - 1), kept - 1);
  }

  /** This center less another's, with the degrees of freedom of Welch and Satterthwaite. */
  Sample minus(Sample other) {
    double both = squaredError + other.squaredError;
    if (degreesOfFreedom == 0 || other.degreesOfFreedom == 0) {
      return new Sample(center - other.center, both, 0);
    }
    double degrees =
        both
            * both
            / (squaredError * squaredError / degreesOfFreedom
                + other.squaredError * other.squaredError / other.degreesOfFreedom);
    return new Sample(
        center - other.center,
        both,
        both == 0 ? degreesOfFreedom + other.degreesOfFreedom : degrees);
  }

  /** How far the true center may be to either side; empty if a single value can't tell. */
  OptionalDouble halfWidth(double confidence) {
    if (degreesOfFreedom == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        squaredError == 0
            ? 0
            : criticalValue(confidence, degreesOfFreedom) * Math.sqrt(squaredError));
  }

  /** Student's t that is exceeded, to either side, in all but that part of the cases. */
  static double criticalValue(double confidence, double degreesOfFreedom) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2);
  }
}
