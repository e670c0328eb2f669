package dev.sockbed.bench.stats;

import java.util.Arrays;

/**
 * Welch's t test on logarithms: whether one quantity is larger than a multiple of another (Welch,
 * "The Generalization of 'Student's' Problem when Several Different Population Variances are
 * Involved", Biometrika 34, 1947). From ten trials on it is Yuen's form of it, which leaves out a
 * fifth of the trials at either end and lets the rest speak (Yuen, "The Two-Sample Trimmed t for
 * Unequal Population Variances", Biometrika 61, 1974): a trial in which the processor was taken
 * away says nothing about the build, but would widen a variance so that nothing is ever found.
 *
 * <p>It serves where probabilities far below 1 % are asked for, as a correction for many tests
 * does: resampling five trials cannot give those.
 */
public final class WelchTest {
  private WelchTest() {}

  /**
   * The probability of trials at least as far apart if the first quantity were only {@code factor}
   * times the second.
   *
   * @param larger one value a trial, at least two, above zero
   * @param smaller one value a trial, at least two, above zero
   * @param factor the multiple that is not yet remarkable, as in 1.05
   * @return 0 to 1; small when the first is more than that
   * @throws IllegalArgumentException if a side has fewer than two values, or one not above zero
   */
  public static double exceeds(double[] larger, double[] smaller, double factor) {
    if (larger.length < 2 || smaller.length < 2) {
      throw new IllegalArgumentException("a t test needs two trials on either side");
    }
    double[] upper = Comparison.logarithms(larger);
    double[] lower = Comparison.logarithms(smaller);
    Trimmed above = Trimmed.of(upper);
    Trimmed below = Trimmed.of(lower);
    double upperShare = above.squaredError();
    double lowerShare = below.squaredError();
    double difference = above.mean() - below.mean() - Math.log(factor);
    double variance = upperShare + lowerShare;
    if (variance == 0) {
      return difference > 0 ? 0 : 1;
    }
    double degreesOfFreedom =
        variance
            * variance
            / (upperShare * upperShare / (above.kept() - 1)
                + lowerShare * lowerShare / (below.kept() - 1));
    return StudentT.upperTail(difference / Math.sqrt(variance), degreesOfFreedom);
  }

  /**
   * What is left of a sample without its ends.
   *
   * @param mean of the values kept
   * @param squaredError of that mean, from the variance in which each value left out counts as the
   *     last that was kept (the winsorized variance)
   * @param kept how many were kept
   */
  private record Trimmed(double mean, double squaredError, int kept) {
    private static final int ENOUGH_TO_TRIM = 10;
    private static final double SHARE = 0.2;

    static Trimmed of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      int cut = n < ENOUGH_TO_TRIM ? 0 : (int) (SHARE * n);
      int kept = n - 2 * cut;
      double mean = mean(Arrays.copyOfRange(sorted, cut, n - cut));
      Arrays.fill(sorted, 0, cut, sorted[cut]);
      Arrays.fill(sorted, n - cut, n, sorted[n - cut - 1]);
      double middle = mean(sorted);
      double squares =
          Arrays.stream(sorted).map(value -> (value - middle) * (value - middle)).sum();
      return new Trimmed(mean, squares / kept / (kept - 1), kept);
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElseThrow();
    }
  }
}
