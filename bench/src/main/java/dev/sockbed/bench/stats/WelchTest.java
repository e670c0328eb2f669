package dev.sockbed.bench.stats;

import java.util.Arrays;

/**
 * Welch's t test on logarithms: whether one quantity is larger than a multiple of another (Welch,
 * "The Generalization of 'Student's' Problem when Several Different Population Variances are
 * Involved", Biometrika 34, 1947).
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
    double upperShare = variance(upper) / upper.length;
    double lowerShare = variance(lower) / lower.length;
    double difference = mean(upper) - mean(lower) - Math.log(factor);
    double variance = upperShare + lowerShare;
    if (variance == 0) {
      return difference > 0 ? 0 : 1;
    }
    double degreesOfFreedom =
        variance
            * variance
            / (upperShare * upperShare / (upper.length - 1)
                + lowerShare * lowerShare / (lower.length - 1));
    return StudentT.upperTail(difference / Math.sqrt(variance), degreesOfFreedom);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }
}
