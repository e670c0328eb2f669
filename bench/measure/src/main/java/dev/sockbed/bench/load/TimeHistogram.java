package dev.sockbed.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The histograms of a run: nanoseconds, 1 ns to 1 h, three significant digits, 270 KB each. */
final class TimeHistogram {
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 3;

  private TimeHistogram() {}

  static Histogram create() {
    return new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
  }

  static void record(Histogram histogram, long nanos) {
    record(histogram, nanos, 1);
  }

  static void record(Histogram histogram, long nanos, long count) {
    histogram.recordValueWithCount(Math.clamp(nanos, 0, LONGEST_NANOS), count);
  }
}
