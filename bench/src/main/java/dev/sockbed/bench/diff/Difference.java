package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.stats.Holm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What changed from one run to another.
 *
 * <p>A comparison counts as slower when three things hold: its whole 95 % interval lies beyond the
 * tolerance; so does that of the same numbers divided by the {@link Control}'s, if the runs have
 * one; and Welch's test says so of both at the 5 % level after Holm's correction for all the
 * comparisons made. The first keeps out what is too small to matter, the second what the machine
 * did between the runs, which no number of trials within a run can tell, the third what shows up
 * once in twenty because twenty were looked at.
 *
 * @param entries every comparison, the worst first
 * @param onlyInFirst points that the second run does not have
 * @param onlyInSecond points that the first run does not have
 */
record Difference(List<Entry> entries, List<Point> onlyInFirst, List<Point> onlyInSecond) {
  /** The chance of a false alarm, over all comparisons together, that is put up with. */
  static final double LEVEL = 0.05;

  /** One comparison and what became of it. */
  record Entry(Pair pair, Change change) {}

  /**
   * Compares two runs.
   *
   * @param tolerance a slow-down that does not matter, as in 0.05
   * @param seed of the resampling
   */
  static Difference between(Results first, Results second, double tolerance, long seed) {
    Pairing pairing = new Pairing(first.cells(), second.cells(), tolerance, seed);
    return new Difference(
        judge(pairing.pairs(), tolerance), pairing.onlyInFirst(), pairing.onlyInSecond());
  }

  /** Whether the answer is a bad one. */
  boolean bad() {
    return entries.stream().anyMatch(entry -> entry.change().bad());
  }

  /** How many comparisons came out like this. */
  long count(Change change) {
    return entries.stream().filter(entry -> entry.change() == change).count();
  }

  private static List<Entry> judge(List<Pair> pairs, double tolerance) {
    // What is the same number in every trial asks no question, and must not dilute the others; nor
    // must the control.
    List<Pair> questions =
        pairs.stream()
            .filter(pair -> pair.decidable() && !pair.constant() && !pair.isControl())
            .toList();
    double[] slower = adjusted(questions, Pair::slowerByChance);
    double[] faster = adjusted(questions, Pair::fasterByChance);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Pair pair = questions.get(i);
      entries.add(new Entry(pair, change(pair, tolerance, slower[i], faster[i])));
    }
    for (Pair pair : pairs) {
      if (!questions.contains(pair)) {
        entries.add(new Entry(pair, withoutQuestion(pair)));
      }
    }
    return entries.stream()
        .sorted(
            Comparator.comparing(Entry::change)
                .thenComparing(Comparator.comparingDouble(Difference::slowDown).reversed()))
        .toList();
  }

  private static Change change(Pair pair, double tolerance, double slower, double faster) {
    if (pair.beyond(tolerance)) {
      if (!pair.beyondControl(tolerance)) {
        return Change.WITH_MACHINE;
      }
      return slower < LEVEL ? Change.SLOWER : Change.PERHAPS_SLOWER;
    }
    return pair.below(tolerance) && faster < LEVEL ? Change.FASTER : Change.SAME;
  }

  private static Change withoutQuestion(Pair pair) {
    if (pair.isControl()) {
      return Change.CONTROL;
    }
    if (pair.isGone()) {
      return Change.GONE;
    }
    return pair.decidable() ? Change.SAME : Change.UNKNOWN;
  }

  private static double slowDown(Entry entry) {
    Shift shift = entry.pair().shift();
    return shift == null ? Double.POSITIVE_INFINITY : shift.slowDown().ratio();
  }

  private static double[] adjusted(List<Pair> pairs, ToDoubleFunction<Pair> probability) {
    return Holm.adjust(pairs.stream().mapToDouble(probability).toArray());
  }
}
