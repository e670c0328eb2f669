package dev.sockbed.bench.stats;

import dev.sockbed.bench.result.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sentences about ratios. A difference is claimed only when the interval excludes 1 and is narrow
 * enough to say something; otherwise the sentence says how large a difference could have been
 * missed.
 *
 * <p>The intervals of all questions that are answered together hold at once with the confidence
 * that they state (Bonferroni), so that the chance of even one false claim among them is at most
 * what is left.
 */
public final class Verdicts {
  /** A difference of less than this factor is one that a wide interval says nothing about. */
  private static final double TELLING = 1.5;

  /** An interval whose ends are further apart than this factor does not say how large it is. */
  private static final double WIDEST = TELLING * TELLING;

  private Verdicts() {}

  /** Answers questions, in their order, with intervals that hold together. */
  public static List<Verdict> of(List<Question> questions) {
    return of(questions, Comparison.confidenceOfEach(intervals(questions)));
  }

  /** How many of these questions are answered with an interval. */
  public static int intervals(List<Question> questions) {
    return (int)
        questions.stream().filter(question -> Comparison.enough(question.logRatios())).count();
  }

  /**
   * Answers questions, in their order.
   *
   * @param confidence of each interval alone, so that they hold together with others of the run
   */
  public static List<Verdict> of(List<Question> questions, double confidence) {
    return questions.stream().map(question -> of(question, confidence)).toList();
  }

  private static Verdict of(Question question, double confidence) {
    List<double[]> ratios = question.logRatios();
    Comparison comparison =
        Comparison.filled(ratios) == 0 ? null : Comparison.ofLogRatios(ratios, confidence);
    String sentence =
        comparison == null
            ? "%s against %s: nothing to compare"
                .formatted(question.subject(), question.reference())
            : sentence(question.subject(), question.reference(), comparison, ratios);
    StringBuilder text = new StringBuilder(sentence);
    absent(question).ifPresent(words -> text.append("; ").append(words));
    question.beside().forEach(words -> text.append("; ").append(words));
    return new Verdict(
        question.claim(),
        comparison == null ? null : comparison.ratio(),
        comparison == null ? null : comparison.low(),
        comparison == null ? null : comparison.high(),
        Comparison.CONFIDENCE,
        comparison == null ? 0 : comparison.trials(),
        question.trials(),
        text.toString());
  }

  private static Optional<String> absent(Question question) {
    String place =
        question.numerator().isEmpty()
            ? question.numeratorPlace()
            : question.denominator().isEmpty() ? question.denominatorPlace() : "";
    return place.isEmpty() ? Optional.empty() : Optional.of("nothing was measured " + place);
  }

  /** The sentence on a comparison within one run. */
  static String sentence(String subject, String reference, Comparison comparison) {
    return sentence(subject, reference, comparison, List.of(new double[comparison.trials()]));
  }

  private static String sentence(
      String subject, String reference, Comparison comparison, List<double[]> runs) {
    Double low = comparison.low();
    Double high = comparison.high();
    double ratio = comparison.ratio();
    if (low == null || high == null) {
      return tooFew(subject, reference, comparison, runs);
    }
    if (claims(low, high)) {
      return high / low > WIDEST
          ? bound(subject, reference, low, high)
          : "%s is %s %s %s (%s to %s)"
              .formatted(
                  subject,
                  number(ratio),
                  ratio < 1 ? "of" : "times",
                  reference,
                  number(low),
                  number(high));
    }
    if (high > TELLING || low < 1 / TELLING) {
      return "%s against %s: too noisy to tell (anything from %s to %s times)"
          .formatted(subject, reference, number(low), number(high));
    }
    double missed = Math.max(high - 1, 1 - low) * 100;
    return "%s against %s: no difference found (±%s %%)"
        .formatted(subject, reference, missed < 10 ? tenths(missed) : wholes(missed));
  }

  /**
   * Whether an interval is one of a difference: it excludes 1, and either it is narrow, or even its
   * nearer end is a large difference.
   */
  public static boolean claims(@Nullable Double low, @Nullable Double high) {
    if (low == null || high == null || (low <= 1 && high >= 1)) {
      return false;
    }
    return high / low <= WIDEST || low > TELLING || high < 1 / TELLING;
  }

  private static String bound(String subject, String reference, double low, double high) {
    return low > 1
        ? "%s is at least %s times %s (%s to %s)"
            .formatted(subject, number(low), reference, number(low), number(high))
        : "%s is at most %s of %s (%s to %s)"
            .formatted(subject, number(high), reference, number(low), number(high));
  }

  private static String tooFew(
      String subject, String reference, Comparison comparison, List<double[]> runs) {
    int trials = comparison.trials();
    String in = trials + (trials == 1 ? " trial" : " trials");
    return "%s against %s: %s in %s, too few to tell (%s are needed)"
        .formatted(
            subject,
            reference,
            number(comparison.ratio()),
            runs.size() == 1 ? in : in + " of " + forks(Comparison.filled(runs)),
            runs.size() == 1
                ? String.valueOf(Comparison.FEWEST)
                : "%s of %s forks".formatted(Comparison.FEWEST, Comparison.FEWEST_RUNS));
  }

  private static String forks(int number) {
    return number + (number == 1 ? " fork" : " forks");
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
