package dev.sockbed.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * A sentence with its numbers.
 *
 * @param claim what was set against what, as in {@code udp rtt p50 / tcp rtt p50}
 * @param ratio the first divided by the second, or null if no trial has both
 * @param low the lower end of the ratio's confidence interval, or null if there were too few trials
 * @param high its upper end
 * @param confidence that all intervals of the verdicts of one file hold at once, as in 0.95
 * @param n the trials that it rests on
 * @param trials how many there were: more than {@code n} where some have no such number; null in
 *     files of builds that did not say
 * @param text the sentence
 */
public record Verdict(
    String claim,
    @Nullable Double ratio,
    @Nullable Double low,
    @Nullable Double high,
    double confidence,
    int n,
    @Nullable Integer trials,
    String text) {

  /**
   * @throws IllegalArgumentException if a number is not finite, or the interval has one end only
   */
  public Verdict {
    if ((ratio != null && !Double.isFinite(ratio))
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
