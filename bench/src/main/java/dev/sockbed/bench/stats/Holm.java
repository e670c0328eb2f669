package dev.sockbed.bench.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Keeps many tests together from crying wolf: the chance of even one false alarm among them stays
 * at what a single test would have, whatever their dependence (Holm, "A Simple Sequentially
 * Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979).
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusts probabilities so that each can be set against the level for all tests together.
   *
   * @return as many, in the same order, none smaller than before
   */
  public static double[] adjust(double[] probabilities) {
    int[] order =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> probabilities[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[probabilities.length];
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      double scaled = probabilities[order[rank]] * (order.length - rank);
      largest = Math.min(1, Math.max(largest, scaled));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
