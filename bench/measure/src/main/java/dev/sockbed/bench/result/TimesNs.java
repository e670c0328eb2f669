package dev.sockbed.bench.result;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of times, in nanoseconds. All but the count is null where it is not known to which
 * messages the replies belong.
 *
 * @param count how many times were recorded
 * @param min the shortest, or null if there was none
 * @param p50 the median; like every percentile here null if fewer than ten times lie beyond it
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 * @param p9999 the 99.99th percentile
 * @param max the longest, or null if there was none
 * @param mean the arithmetic mean, or null if there was none
 */
public record TimesNs(
    long count,
    @Nullable Long min,
    @Nullable Long p50,
    @Nullable Long p90,
    @Nullable Long p99,
    @Nullable Long p999,
    @Nullable Long p9999,
    @Nullable Long max,
    @Nullable Long mean) {

  /**
   * A percentile that rests on fewer samples beyond it than this is a guess, so it is not given.
   */
  private static final int SAMPLES_BEYOND = 10;

  /** Summarises a histogram of nanoseconds. */
  public static TimesNs of(Histogram histogram) {
    long count = histogram.getTotalCount();
    if (count == 0) {
      return unknown(0);
    }
    return new TimesNs(
        count,
        histogram.getMinValue(),
        percentile(histogram, 50),
        percentile(histogram, 90),
        percentile(histogram, 99),
        percentile(histogram, 99.9),
        percentile(histogram, 99.99),
        histogram.getMaxValue(),
        Math.round(histogram.getMean()));
  }

  /** So many times that can't be relied on: nothing is told of them. */
  public static TimesNs unknown(long count) {
    return new TimesNs(count, null, null, null, null, null, null, null, null);
  }

  /**
   * One percentile, 0 to 100.
   *
   * @return nanoseconds, or null if fewer than ten times lie beyond it
   */
  public static @Nullable Long percentile(Histogram histogram, double percentile) {
    double beyond = histogram.getTotalCount() * (100 - percentile) / 100;
    return beyond + 1e-6 < SAMPLES_BEYOND ? null : histogram.getValueAtPercentile(percentile);
  }
}
