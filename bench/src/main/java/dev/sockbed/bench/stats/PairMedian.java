package dev.sockbed.bench.stats;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The median over all pairs of values, for many resamples of the same values: the pairs are sorted
 * once, and a resample only gives each pair another weight.
 */
final class PairMedian {
  private final Pair[] sorted;
  private final boolean withinOneSample;
  private final int firstCount;
  private final int secondCount;

  /**
   * @param value what the two come to
   * @param first index of the one
   * @param second index of the other
   */
  private record Pair(double value, int first, int second) {}

  private PairMedian(Pair[] pairs, boolean withinOneSample, int firstCount, int secondCount) {
    Arrays.sort(pairs, Comparator.comparingDouble(Pair::value));
    this.sorted = pairs;
    this.withinOneSample = withinOneSample;
    this.firstCount = firstCount;
    this.secondCount = secondCount;
  }

  /** Over the means of every two values, each with itself included (Walsh averages). */
  static PairMedian ofMeans(double[] values) {
    int n = values.length;
    Pair[] pairs = new Pair[n * (n + 1) / 2];
    int filled = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        pairs[filled++] = new Pair((values[i] + values[j]) / 2, i, j);
      }
    }
    return new PairMedian(pairs, true, n, n);
  }

  /** Over the differences of each first value and each second. */
  static PairMedian ofDifferences(double[] first, double[] second) {
    Pair[] pairs = new Pair[first.length * second.length];
    int filled = 0;
    for (int i = 0; i < first.length; i++) {
      for (int j = 0; j < second.length; j++) {
        pairs[filled++] = new Pair(first[i] - second[j], i, j);
      }
    }
    return new PairMedian(pairs, false, first.length, second.length);
  }

  /** The median when each value is there once. */
  double ofEachOnce() {
    int[] first = new int[firstCount];
    int[] second = new int[secondCount];
    Arrays.fill(first, 1);
    Arrays.fill(second, 1);
    return weighted(first, second);
  }

  /**
   * The median of a resample.
   *
   * @param first how often each first value was drawn; the sum is their number
   * @param second the same for the second values; for means it is the same array
   */
  double weighted(int[] first, int[] second) {
    int total = withinOneSample ? firstCount * (firstCount + 1) / 2 : firstCount * secondCount;
    int lower = (total - 1) / 2;
    int upper = total / 2;
    int passed = 0;
    double atLower = Double.NaN;
    for (Pair pair : sorted) {
      passed += weight(pair, first, second);
      if (Double.isNaN(atLower) && passed > lower) {
        atLower = pair.value;
      }
      if (passed > upper) {
        return (atLower + pair.value) / 2;
      }
    }
    throw new IllegalArgumentException("fewer values drawn than there are");
  }

  private int weight(Pair pair, int[] first, int[] second) {
    int times = first[pair.first];
    return withinOneSample && pair.first == pair.second
        ? times * (times + 1) / 2
        : times * second[pair.second];
  }
}
