package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.stats.Holm;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What changed from one run to another.
 *
 * <p>A comparison counts as slower when two things hold: its whole 95 % interval lies beyond the
 * tolerance, and Welch's test says so at the 5 % level after Holm's correction for all the
 * comparisons made. The first keeps out what is too small to matter, the second what shows up once
 * in twenty because twenty were looked at.
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
    Map<Point, Trials> before = byPoint(first.cells());
    Map<Point, Trials> after = byPoint(second.cells());
    List<Pair> pairs = new ArrayList<>();
    for (Trials trials : Trials.of(first.cells())) {
      Trials later = after.get(trials.point());
      if (later != null) {
        pairs.addAll(Pair.of(trials, later, tolerance, seed));
      }
    }
    return new Difference(judge(pairs, tolerance), missing(before, after), missing(after, before));
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
    // What is the same number in every trial asks no question, and must not dilute the others.
    List<Pair> questions =
        pairs.stream().filter(pair -> pair.decidable() && !pair.constant()).toList();
    double[] slower = adjusted(questions, Pair::slowerByChance);
    double[] faster = adjusted(questions, Pair::fasterByChance);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Pair pair = questions.get(i);
      Change change = Change.SAME;
      if (pair.beyond(tolerance)) {
        change = slower[i] < LEVEL ? Change.SLOWER : Change.PERHAPS_SLOWER;
      } else if (pair.below(tolerance) && faster[i] < LEVEL) {
        change = Change.FASTER;
      }
      entries.add(new Entry(pair, change));
    }
    for (Pair pair : pairs) {
      if (pair.slowDown() == null) {
        entries.add(new Entry(pair, Change.GONE));
      } else if (!pair.decidable()) {
        entries.add(new Entry(pair, Change.UNKNOWN));
      } else if (pair.constant()) {
        entries.add(new Entry(pair, Change.SAME));
      }
    }
    return entries.stream()
        .sorted(
            Comparator.comparing(Entry::change)
                .thenComparing(Comparator.comparingDouble(Difference::slowDown).reversed()))
        .toList();
  }

  private static double slowDown(Entry entry) {
    return entry.pair().slowDown() == null
        ? Double.POSITIVE_INFINITY
        : entry.pair().slowDown().ratio();
  }

  private static double[] adjusted(List<Pair> pairs, ToDoubleFunction<Pair> probability) {
    return Holm.adjust(pairs.stream().mapToDouble(probability).toArray());
  }

  private static Map<Point, Trials> byPoint(List<Cell> cells) {
    return Trials.of(cells).stream().collect(Collectors.toMap(Trials::point, Function.identity()));
  }

  private static List<Point> missing(Map<Point, Trials> from, Map<Point, Trials> in) {
    return from.keySet().stream().filter(point -> !in.containsKey(point)).toList();
  }
}
