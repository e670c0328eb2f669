package dev.sockbed.bench.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The ratio of two quantities that were measured in several trials each, with a confidence
 * interval.
 *
 * <p>The estimate is the Hodges–Lehmann estimator of the logarithms (Hodges and Lehmann, "Estimates
 * of Location Based on Rank Tests", 1963): for trials that ran in pairs, the median of the means of
 * every two log ratios; otherwise the median of all log ratios across. It is a median, so that one
 * trial that the machine disturbed cannot carry it away, but it uses the trials nearly as well as a
 * mean does. Logarithms make a over b the exact reciprocal of b over a.
 *
 * <p>The interval is the percentile bootstrap over whole trials (Efron and Tibshirani, "An
 * Introduction to the Bootstrap", 1993, chapter 13), expanded for small numbers as by Hesterberg,
 * "What Teachers Should Know About the Bootstrap", The American Statistician 69(4), 2015: the
 * quantiles are taken at {@code Φ(−√(n/(n−1)) · t)} instead of 2.5 %. Simulated with 5 to 20 trials
 * and normal, heavy-tailed, contaminated and skewed noise, that covers the true ratio in 92–98 % of
 * cases, where the plain percentile interval covers 86–90 % at 5 trials and the BCa interval no
 * more (its correction is itself estimated from those 5). A test repeats the simulation.
 *
 * @param ratio the first quantity divided by the second
 * @param low the lower end of the interval, or null if there were fewer than {@link #FEWEST} trials
 * @param high its upper end
 * @param trials how many trials it rests on: the pairs, or those of the side that has fewer
 */
public record Comparison(double ratio, @Nullable Double low, @Nullable Double high, int trials) {
  /** The confidence of every interval. */
  public static final double CONFIDENCE = 0.95;

  /** With fewer trials than this, no interval deserves the name. */
  public static final int FEWEST = 5;

  private static final int RESAMPLES = 4_000;

  /**
   * Compares trials that ran in pairs, each pair under the same conditions: interleaved trials, by
   * their order.
   *
   * @param numerator one value a trial, above zero
   * @param denominator as many values, in the same order
   * @param seed of the resampling
   * @throws IllegalArgumentException if there is no value, if the lengths differ, or if a value is
   *     not a finite number above zero
   */
  public static Comparison paired(double[] numerator, double[] denominator, long seed) {
    if (numerator.length != denominator.length) {
      throw new IllegalArgumentException(
          "pairs need as many trials on either side, not "
              + numerator.length
              + " and "
              + denominator.length);
    }
    double[] upper = logarithms(numerator);
    double[] lower = logarithms(denominator);
    double[] differences = new double[upper.length];
    Arrays.setAll(differences, i -> upper[i] - lower[i]);
    int n = differences.length;
    PairMedian means = PairMedian.ofMeans(differences);
    double estimate = means.ofEachOnce();
    if (n < FEWEST) {
      return new Comparison(Math.exp(estimate), null, null, n);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[n];
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      draw(drawn, random);
      resampled[i] = means.weighted(drawn, drawn);
    }
    return of(estimate, resampled, expandedTail(n, n - 1), n);
  }

  /**
   * Compares trials of two runs that have nothing to do with each other.
   *
   * @param numerator one value a trial, above zero
   * @param denominator one value a trial, above zero
   * @param seed of the resampling
   * @throws IllegalArgumentException if a side has no value, or a value is not a finite number
   *     above zero
   */
  public static Comparison independent(double[] numerator, double[] denominator, long seed) {
    double[] upper = logarithms(numerator);
    double[] lower = logarithms(denominator);
    PairMedian differences = PairMedian.ofDifferences(upper, lower);
    double estimate = differences.ofEachOnce();
    int n = Math.min(upper.length, lower.length);
    if (n < FEWEST) {
      return new Comparison(Math.exp(estimate), null, null, n);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawnUpper = new int[upper.length];
    int[] drawnLower = new int[lower.length];
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      draw(drawnUpper, random);
      draw(drawnLower, random);
      resampled[i] = differences.weighted(drawnUpper, drawnLower);
    }
    return of(estimate, resampled, expandedTail(n, upper.length + lower.length - 2), n);
  }

  /** Whether the interval exists and does not hold {@code ratio}. */
  public boolean excludes(double ratio) {
    return low != null && high != null && (ratio < low || ratio > high);
  }

  private static Comparison of(double estimate, double[] resampled, double tail, int trials) {
    Arrays.sort(resampled);
    // The estimate lies in its interval; with ties the quantiles could touch it from one side.
    double low = Math.min(estimate, quantile(resampled, tail));
    double high = Math.max(estimate, quantile(resampled, 1 - tail));
    return new Comparison(Math.exp(estimate), Math.exp(low), Math.exp(high), trials);
  }

  private static double expandedTail(int n, int degreesOfFreedom) {
    double t = StudentT.upperQuantile((1 - CONFIDENCE) / 2, degreesOfFreedom);
    return Normal.below(-Math.sqrt(n / (n - 1.0)) * t);
  }

  private static double quantile(double[] sorted, double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** How often each of the values comes when as many as there are are drawn and put back. */
  private static void draw(int[] times, SplittableRandom random) {
    Arrays.fill(times, 0);
    for (int i = 0; i < times.length; i++) {
      times[random.nextInt(times.length)]++;
    }
  }

  static double[] logarithms(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no trial, nothing to compare");
    }
    for (double value : values) {
      if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("only numbers above zero have ratios, not " + value);
      }
    }
    return Arrays.stream(values).map(Math::log).toArray();
  }
}
