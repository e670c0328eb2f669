package dev.sockbed.bench.stats;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sentences about ratios. A difference is claimed only when the interval excludes 1; otherwise the
 * sentence says how large a difference could have been missed.
 */
public final class Verdicts {
  /** An interval that reaches further than this factor says little about anything. */
  private static final double TELLING = 1.5;

  private Verdicts() {}

  /**
   * Sets the cells of one side against those of the other, trial by trial (interleaved trials: each
   * pair ran one after the other). Trials that only one side has, or has a value for, are left out.
   *
   * @param claim as in {@code udp rtt p50 / tcp rtt p50}
   * @param subject what the sentence is about, as in {@code UDP's median round trip}
   * @param reference what it is set against, as in {@code TCP's}
   * @param numerator the subject's cells, one a trial
   * @param denominator the reference's cells, one a trial
   * @return empty if no trial has a value on both sides
   */
  public static Optional<Verdict> paired(
      String claim,
      String subject,
      String reference,
      Measure measure,
      List<Cell> numerator,
      List<Cell> denominator,
      long seed) {
    Map<Integer, Cell> others =
        denominator.stream().collect(Collectors.toMap(Cell::trial, Function.identity()));
    List<double[]> pairs = new ArrayList<>();
    for (Cell cell : numerator) {
      Cell other = others.get(cell.trial());
      Double above = measure.of(cell);
      Double below = other == null ? null : measure.of(other);
      if (above != null && below != null) {
        pairs.add(new double[] {above, below});
      }
    }
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    Comparison comparison =
        Comparison.paired(
            pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
            pairs.stream().mapToDouble(pair -> pair[1]).toArray(),
            seed);
    return Optional.of(of(claim, subject, reference, comparison));
  }

  /** The verdict on a comparison; see {@link #paired} for the words. */
  public static Verdict of(String claim, String subject, String reference, Comparison comparison) {
    return new Verdict(
        claim,
        comparison.ratio(),
        comparison.low(),
        comparison.high(),
        Comparison.CONFIDENCE,
        comparison.trials(),
        sentence(subject, reference, comparison));
  }

  private static String sentence(String subject, String reference, Comparison comparison) {
    Double low = comparison.low();
    Double high = comparison.high();
    double ratio = comparison.ratio();
    if (low == null || high == null) {
      return "%s against %s: %s in %s %s, too few to tell (%s are needed)"
          .formatted(
              subject,
              reference,
              number(ratio),
              comparison.trials(),
              comparison.trials() == 1 ? "trial" : "trials",
              Comparison.FEWEST);
    }
    if (!comparison.excludes(1)) {
      if (high > TELLING || low < 1 / TELLING) {
        return "%s against %s: too noisy to tell (anything from %s to %s times)"
            .formatted(subject, reference, number(low), number(high));
      }
      double missed = Math.max(high - 1, 1 - low) * 100;
      return "%s against %s: no difference found (±%s %%)"
          .formatted(subject, reference, missed < 10 ? tenths(missed) : wholes(missed));
    }
    return "%s is %s %s %s (%s to %s)"
        .formatted(
            subject,
            number(ratio),
            ratio < 1 ? "of" : "times",
            reference,
            number(low),
            number(high));
  }

  /** A ratio with as many digits as can matter: 0.79, 0.994, 3.4, 41. */
  public static String number(double ratio) {
    int digits =
        Math.abs(ratio - 1) < 0.02 || ratio < 0.1 ? 3 : ratio < 10 ? 2 : ratio < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", ratio);
  }

  private static String tenths(double percent) {
    return String.format(Locale.ROOT, "%.1f", Math.ceil(percent * 10) / 10);
  }

  private static String wholes(double percent) {
    return String.format(Locale.ROOT, "%.0f", Math.ceil(percent));
  }
}
