package dev.sockbed.bench.stats;

import java.util.Arrays;

/** The middle value. */
public final class Median {
  private Median() {}

  /**
   * The median: the middle value, or the mean of the two middle ones. The array is left as it is.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values, no median");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
