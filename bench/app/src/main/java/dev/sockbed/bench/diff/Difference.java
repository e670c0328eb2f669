package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Comparison;
import java.util.Comparator;
import java.util.List;

/**
 * How the second side differs from the first. The intervals of all comparisons hold together with
 * {@link Comparison#CONFIDENCE}, so that a difference is claimed in one of them without there being
 * one in at most so many cases as that leaves.
 *
 * @param entries the worst first
 * @param onlyInFirst points that the second side does not have
 * @param onlyInSecond points that the first side does not have
 */
record Difference(List<Entry> entries, List<Point> onlyInFirst, List<Point> onlyInSecond) {

  /** Compares the runs of two sides. */
  static Difference between(Runs first, Runs second, Tolerance tolerance) {
    return of(new Pairing(first, second, false), tolerance);
  }

  /** Compares runs that were made in pairs, as many on either side. */
  static Difference ofPairs(Runs first, Runs second, Tolerance tolerance) {
    return of(new Pairing(first, second, true), tolerance);
  }

  private static Difference of(Pairing pairing, Tolerance tolerance) {
    List<Pair> pairs = pairing.pairs();
    // What is the same number in every trial asks no question, and must not dilute the others; nor
    // must the control.
    int questions = (int) pairs.stream().filter(Pair::asks).count();
    double confidence = Comparison.confidenceOfEach(questions);
    List<Entry> entries =
        pairs.stream()
            .map(pair -> pair.judge(confidence, tolerance))
            .sorted(
                Comparator.comparing(Entry::change)
                    .thenComparing(Comparator.comparingDouble(Entry::badness).reversed()))
            .toList();
    return new Difference(entries, pairing.onlyInFirst(), pairing.onlyInSecond());
  }

  /** Whether the answer is a bad one. */
  boolean bad() {
    return entries.stream().anyMatch(entry -> entry.change().bad());
  }

  /** How many comparisons came out like this. */
  long count(Change change) {
    return entries.stream().filter(entry -> entry.change() == change).count();
  }

  /** How many comparisons there are, the bare sockets' aside. */
  long compared() {
    return entries.size() - count(Change.CONTROL);
  }
}
