package dev.sockbed.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * A sentence with its numbers.
 *
 * @param claim what was set against what, as in {@code udp rtt p50 / tcp rtt p50}
 * @param ratio the first divided by the second
 * @param low the lower end of the ratio's confidence interval, or null if there were too few trials
 * @param high its upper end
 * @param confidence the interval's, as in 0.95
 * @param n the trials that it rests on
 * @param text the sentence
 */
public record Verdict(
    String claim,
    double ratio,
    @Nullable Double low,
    @Nullable Double high,
    double confidence,
    int n,
    String text) {

  /**
   * @throws IllegalArgumentException if a number is not finite, or the interval has one end only
   */
  public Verdict {
    if (!Double.isFinite(ratio)
        || !Double.isFinite(confidence)
        || (low != null && !Double.isFinite(low))
        || (high != null && !Double.isFinite(high))) {
      throw new IllegalArgumentException("a verdict's numbers must be finite");
    }
    if ((low == null) != (high == null)) {
      throw new IllegalArgumentException("an interval has two ends");
    }
  }
}
