package dev.sockbed.bench.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * The ratio of two quantities that were measured in several trials each, with a confidence
 * interval.
 *
 * <p>All is done with logarithms, which makes a over b the exact reciprocal of b over a.
 *
 * <p>For trials that ran in pairs the ratio is the Hodges–Lehmann estimator of the log ratios, the
 * median of the means of every two of them ("Estimates of Location Based on Rank Tests", 1963),
 * which one disturbed trial can't carry away; the interval is Student's t of the log ratios, whose
 * width such a trial does show in. For trials of two runs it is Welch's t ("The Generalization of
 * 'Student's' Problem when Several Different Population Variances are Involved", Biometrika 34,
 * 1947), from ten trials on in the form of Yuen, which leaves out a fifth of them at either end.
 *
 * <p>Runs that were made in pairs are compared as paired trials are, with a pair for a trial.
 *
 * <p>Simulated with 6, 7, 10 and 20 trials and normal, heavy-tailed, skewed and contaminated noise,
 * these intervals hold the true ratio in at least 94 % of cases where they say 95 %; a test repeats
 * that.
 *
 * <p>Trials of one run share its luck: where its processes were placed, how its code was compiled.
 * Where there are several runs, each run is one observation, and the degrees of freedom are those
 * of the runs.
 *
 * @param ratio the first quantity divided by the second
 * @param low the lower end of the interval, or null if there were too few trials or runs
 * @param high its upper end
 * @param trials how many trials it rests on: the pairs, or those of the side that has fewer
 */
public record Comparison(double ratio, @Nullable Double low, @Nullable Double high, int trials) {
  /** The confidence of an interval, or of all intervals of a report together. */
  public static final double CONFIDENCE = 0.95;

  /** With fewer trials than this nothing is claimed. */
  public static final int FEWEST = 6;

  /** Nor with fewer runs than this, where there is more than one. */
  public static final int FEWEST_RUNS = 3;

  private static final String NOTHING = "no trial, nothing to compare";

  /** What each of so many intervals has to have for all of them to hold at once (Bonferroni). */
  public static double confidenceOfEach(int intervals) {
    return 1 - (1 - CONFIDENCE) / Math.max(1, intervals);
  }

  /**
   * Compares trials that ran in pairs, each pair under the same conditions: interleaved trials, by
   * their order.
   *
   * @param numerator one value a trial, above zero
   * @param denominator as many values, in the same order
   * @throws IllegalArgumentException if there is no value, if the lengths differ, or if a value is
   *     not a finite number above zero
   */
  public static Comparison paired(double[] numerator, double[] denominator) {
    return ofLogRatios(List.of(logRatios(numerator, denominator)), CONFIDENCE);
  }

  /**
   * Compares trials that ran in pairs, in one run or in several.
   *
   * @param runs of each run the {@linkplain #logRatios logarithms of its pairs' ratios}; a run may
   *     have none
   * @throws IllegalArgumentException if no run has any
   */
  static Comparison ofLogRatios(List<double[]> runs, double confidence) {
    double[] units = runs.size() == 1 ? runs.getFirst() : centers(runs, false);
    if (units.length == 0) {
      throw new IllegalArgumentException(NOTHING);
    }
    double estimate = hodgesLehmann(units);
    Sample sample = Sample.of(units);
    OptionalDouble halfWidth = enough(runs) ? sample.halfWidth(confidence) : OptionalDouble.empty();
    return of(estimate, sample.center(), halfWidth, trials(runs));
  }

  /**
   * Compares trials that have nothing to do with each other.
   *
   * @param numerator of each run one value a trial, above zero; a run may have none
   * @param denominator the same of the other side
   * @throws IllegalArgumentException if a side has no value, or a value is not a finite number
   *     above zero
   */
  public static Comparison independent(
      List<double[]> numerator, List<double[]> denominator, double confidence) {
    List<double[]> upper = numerator.stream().map(Comparison::logarithms).toList();
    List<double[]> lower = denominator.stream().map(Comparison::logarithms).toList();
    int trials = Math.min(trials(upper), trials(lower));
    if (trials == 0) {
      throw new IllegalArgumentException(NOTHING);
    }
    boolean single = upper.size() == 1 && lower.size() == 1;
    Sample above = single ? Sample.trimmed(upper.getFirst()) : Sample.of(centers(upper, true));
    Sample below = single ? Sample.trimmed(lower.getFirst()) : Sample.of(centers(lower, true));
    Sample difference = above.minus(below);
    OptionalDouble halfWidth =
        enough(upper) && enough(lower) ? difference.halfWidth(confidence) : OptionalDouble.empty();
    return of(difference.center(), difference.center(), halfWidth, trials);
  }

  /**
   * Compares runs that were made in pairs, one right after the other, by their order: each pair is
   * one observation, the ratio of its runs' median trials. What changed between pairs, as the speed
   * of the machine does, falls out.
   *
   * @param numerator of each run one value a trial, above zero; a run may have none, and then its
   *     pair does not count
   * @param denominator as many runs, in the same order
   * @return with the number of pairs for that of trials; null if there is no whole pair
   * @throws IllegalArgumentException if the numbers of runs differ, or a value is not a finite
   *     number above zero
   */
  public static @Nullable Comparison ofPairedRuns(
      List<double[]> numerator, List<double[]> denominator, double confidence) {
    if (numerator.size() != denominator.size()) {
      throw new IllegalArgumentException(
          "pairs need as many runs on either side, not %d and %d"
              .formatted(numerator.size(), denominator.size()));
    }
    double[] ratios =
        IntStream.range(0, numerator.size())
            .filter(i -> numerator.get(i).length > 0 && denominator.get(i).length > 0)
            .mapToDouble(i -> middle(numerator.get(i)) - middle(denominator.get(i)))
            .toArray();
    return ratios.length == 0 ? null : ofLogRatios(List.of(ratios), confidence);
  }

  /** The median of the logarithms, which a trial that the machine disturbed can't carry away. */
  private static double middle(double[] values) {
    return Median.withDefaults().evaluate(logarithms(values));
  }

  /**
   * Whether these runs are enough for an interval. Where there was one, its trials have to be many;
   * where there were several, so have those of them that have a trial with a number.
   */
  static boolean enough(List<double[]> runs) {
    return trials(runs) >= FEWEST && (runs.size() == 1 || filled(runs) >= FEWEST_RUNS);
  }

  /** How many of these runs have a value. */
  static int filled(List<double[]> runs) {
    return (int) runs.stream().filter(run -> run.length > 0).count();
  }

  /** Whether the interval exists and does not hold {@code ratio}. */
  public boolean excludes(double ratio) {
    return low != null && high != null && (ratio < low || ratio > high);
  }

  /**
   * The ratio as tables have it, with its interval if there is one: {@code 0.81 (0.80 to 0.83)}.
   */
  public String text() {
    return low == null || high == null
        ? String.format(Locale.ROOT, "%.2f", ratio)
        : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", ratio, low, high);
  }

  /** The logarithm of each pair's ratio; see {@link #paired} for what is refused. */
  static double[] logRatios(double[] numerator, double[] denominator) {
    if (numerator.length != denominator.length) {
      throw new IllegalArgumentException(
          "pairs need as many trials on either side, not "
              + numerator.length
              + " and "
              + denominator.length);
    }
    double[] upper = logarithms(numerator);
    double[] lower = logarithms(denominator);
    Arrays.setAll(upper, i -> upper[i] - lower[i]);
    return upper;
  }

  private static Comparison of(
      double estimate, double center, OptionalDouble halfWidth, int trials) {
    if (halfWidth.isEmpty()) {
      return new Comparison(Math.exp(estimate), null, null, trials);
    }
    // The estimate lies in its interval, also where a trial has carried the mean away from it.
    double low = Math.min(estimate, center - halfWidth.getAsDouble());
    double high = Math.max(estimate, center + halfWidth.getAsDouble());
    return new Comparison(Math.exp(estimate), Math.exp(low), Math.exp(high), trials);
  }

  private static double[] centers(List<double[]> runs, boolean trimmed) {
    return runs.stream()
        .filter(run -> run.length > 0)
        .mapToDouble(run -> trimmed ? Sample.trimmed(run).center() : Mean.of(run).getAsDouble())
        .toArray();
  }

  private static double hodgesLehmann(double[] values) {
    int n = values.length;
    double[] means = new double[n * (n + 1) / 2];
    int filled = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        means[filled++] = (values[i] + values[j]) / 2;
      }
    }
    return Median.withDefaults().evaluate(means);
  }

  private static int trials(List<double[]> runs) {
    return runs.stream().mapToInt(run -> run.length).sum();
  }

  private static double[] logarithms(double[] values) {
    for (double value : values) {
      if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("only numbers above zero have ratios, not " + value);
      }
    }
    return Arrays.stream(values).map(Math::log).toArray();
  }
}
