package dev.sockbed.bench.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By how much two shares of messages differ, with a confidence interval. A share may be 0 or 1.
 *
 * <p>Each share has its own interval, of {@link Share}. The interval of the difference is
 * Newcombe's ("Interval Estimation for the Difference between Independent Proportions", Statistics
 * in Medicine 17, 1998, method 10).
 *
 * <p>Few trials can't tell how often something happens that hits a whole trial and happened in none
 * of them.
 *
 * @param first the share on the first side, 0 to 1
 * @param second the share on the second side
 * @param low the lower end of the interval of second less first, or null with too few trials
 * @param high its upper end
 * @param trials those of the side that has fewer
 */
public record ShareComparison(
    double first, double second, @Nullable Double low, @Nullable Double high, int trials) {

  /**
   * Compares trials that have nothing to do with each other.
   *
   * @param first of each run a count for each trial; a run may have none
   * @param second the same of the other side
   * @throws IllegalArgumentException if a side has no message
   */
  public static ShareComparison of(
      List<List<Share.Count>> first, List<List<Share.Count>> second, double confidence) {
    boolean single = first.size() == 1 && second.size() == 1;
    Share one = Share.of(first, single);
    Share other = Share.of(second, single);
    int trials = Math.min(Share.trials(first), Share.trials(second));
    if (!Share.enough(first, single) || !Share.enough(second, single)) {
      return new ShareComparison(one.share(), other.share(), null, null, trials);
    }
    Share.Interval before = one.interval(confidence);
    Share.Interval after = other.interval(confidence);
    double difference = other.share() - one.share();
    return new ShareComparison(
        one.share(),
        other.share(),
        difference - Math.hypot(other.share() - after.low(), before.high() - one.share()),
        difference + Math.hypot(after.high() - other.share(), one.share() - before.low()),
        trials);
  }

  /**
   * By which factor the second share is larger, from the same two intervals: Newcombe's method of
   * variance estimates recovery for ratios ("MOVER-R confidence intervals for ratios and products
   * of two independently estimated quantities", Statistical Methods in Medical Research 25, 2016).
   * It holds 1 just where the interval of the difference holds 0.
   *
   * @return without an interval where that has no end, since the first share may be 0
   * @throws IllegalArgumentException if the first share is 0, or a side has no message
   */
  public static Comparison ratio(
      List<List<Share.Count>> first, List<List<Share.Count>> second, double confidence) {
    boolean single = first.size() == 1 && second.size() == 1;
    Share one = Share.of(first, single);
    Share other = Share.of(second, single);
    if (one.share() == 0) {
      throw new IllegalArgumentException("nothing is a multiple of a share of 0");
    }
    int trials = Math.min(Share.trials(first), Share.trials(second));
    double ratio = other.share() / one.share();
    if (!Share.enough(first, single) || !Share.enough(second, single)) {
      return new Comparison(ratio, null, null, trials);
    }
    Share.Interval below = one.interval(confidence);
    Share.Interval above = other.interval(confidence);
    double product = one.share() * other.share();
    double leastAbove = above.low() * (2 * other.share() - above.low());
    double mostBelow = below.high() * (2 * one.share() - below.high());
    double mostAbove = above.high() * (2 * other.share() - above.high());
    double leastBelow = below.low() * (2 * one.share() - below.low());
    if (leastBelow <= 0) {
      return new Comparison(ratio, null, null, trials);
    }
    double low = leastAbove / (product + root(product * product - leastAbove * mostBelow));
    double high = (product + root(product * product - mostAbove * leastBelow)) / leastBelow;
    return new Comparison(ratio, low, high, trials);
  }

  /** Of what is not below 0 but by rounding. */
  private static double root(double value) {
    return Math.sqrt(Math.max(0, value));
  }

  /** Whether the interval exists and does not hold 0. */
  public boolean differs() {
    return low != null && high != null && (low > 0 || high < 0);
  }

  /** The second share less the first, −1 to 1. */
  public double difference() {
    return second - first;
  }
}
