package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Measure;
import java.util.ArrayList;
import java.util.List;

/** One measure of one point on both sides. */
sealed interface Pair permits RatioPair, SharePair {
  /** What was measured. */
  Point point();

  /** Which number of it. */
  Measure measure();

  /** Whether it takes part in the count of questions that chance may answer wrongly. */
  boolean asks();

  /**
   * What became of it.
   *
   * @param confidence of its interval
   */
  Entry judge(double confidence, Tolerance tolerance);

  /** All trials of all runs. */
  static List<Cell> all(List<List<Cell>> runs) {
    return runs.stream().flatMap(List::stream).toList();
  }

  /** What must be known of the trials beside their numbers: runs and trials that one side lacks. */
  static List<String> unequal(List<List<Cell>> before, List<List<Cell>> after) {
    List<String> told = new ArrayList<>();
    told.addAll(withoutPoint(before, "a"));
    told.addAll(withoutPoint(after, "b"));
    int first = all(before).size();
    int second = all(after).size();
    if (before.size() == after.size() && first != second) {
      told.add("%s trials in a, %s in b".formatted(first, second));
    }
    return told;
  }

  private static List<String> withoutPoint(List<List<Cell>> runs, String side) {
    long without = runs.stream().filter(List::isEmpty).count();
    return without == 0
        ? List.of()
        : List.of("not in %s of %s runs of %s".formatted(without, runs.size(), side));
  }

  /** Why there is no interval. */
  static String tooFew(List<List<Cell>> before, List<List<Cell>> after) {
    return before.size() == 1 && after.size() == 1
        ? "too few trials with such a number (%s are needed)".formatted(Comparison.FEWEST)
        : "too few runs or trials with such a number (%s runs, and %s trials, are needed)"
            .formatted(Comparison.FEWEST_RUNS, Comparison.FEWEST);
  }
}
