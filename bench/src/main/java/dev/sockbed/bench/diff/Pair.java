package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.bench.stats.WelchTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measure of one point in both runs.
 *
 * @param point what was measured
 * @param measure which number of it
 * @param slowDown by which factor the second run is the slower one, whatever the measure: times
 *     second by first, rates and shares first by second; null if nothing came back in the second
 * @param slowerByChance the probability of trials so far apart if the second run were slower by the
 *     tolerance only
 * @param fasterByChance the same for faster
 * @param constant whether all trials of both runs have the same value, so that there is no question
 */
record Pair(
    Point point,
    Measure measure,
    @Nullable Comparison slowDown,
    double slowerByChance,
    double fasterByChance,
    boolean constant) {

  /**
   * The pairs that two runs of a point give, one for each number worth comparing.
   *
   * @param tolerance as in 0.05
   * @param seed of the resampling
   */
  static List<Pair> of(Trials first, Trials second, double tolerance, long seed) {
    List<Pair> pairs = new ArrayList<>();
    boolean gone = first.outcomes().ok() > 0 && second.sent() > 0 && second.outcomes().ok() == 0;
    for (Measure measure : measures(first.point())) {
      double[] before = measure.ofEach(first.cells());
      double[] after = measure.ofEach(second.cells());
      if (before.length > 0 && gone) {
        pairs.add(new Pair(first.point(), measure, null, 0, 1, false));
      } else if (before.length > 0 && after.length > 0) {
        boolean times = measure.lowerIsBetter();
        pairs.add(
            of(
                first.point(),
                measure,
                times ? after : before,
                times ? before : after,
                tolerance,
                seed));
      }
    }
    return pairs;
  }

  private static Pair of(
      Point point, Measure measure, double[] slow, double[] fast, double tolerance, long seed) {
    double value = slow[0];
    boolean constant =
        Arrays.stream(slow).allMatch(each -> each == value)
            && Arrays.stream(fast).allMatch(each -> each == value);
    boolean testable = Math.min(slow.length, fast.length) >= Comparison.FEWEST;
    return new Pair(
        point,
        measure,
        Comparison.independent(slow, fast, seed),
        testable ? WelchTest.exceeds(slow, fast, 1 + tolerance) : 1,
        testable ? WelchTest.exceeds(fast, slow, 1 + tolerance) : 1,
        constant);
  }

  /** Where many messages are under way, their time only mirrors the throughput. */
  private static List<Measure> measures(Point point) {
    boolean oneAtATime = point.window() != null && point.window() * point.connections() == 1;
    return oneAtATime || point.ratePerSecond() != null
        ? List.of(Measure.P50, Measure.P99, Measure.OK_SHARE)
        : List.of(Measure.MESSAGES_PER_SECOND, Measure.OK_SHARE);
  }

  /** Whether the trials of both runs are enough to tell. */
  boolean decidable() {
    return slowDown != null && slowDown.low() != null;
  }

  /** Whether the whole interval lies on the slow side of the tolerance. */
  boolean beyond(double tolerance) {
    return slowDown != null && slowDown.low() != null && slowDown.low() > 1 + tolerance;
  }

  /** Whether the whole interval lies on the fast side of the tolerance. */
  boolean below(double tolerance) {
    return slowDown != null && slowDown.high() != null && slowDown.high() < 1 / (1 + tolerance);
  }

  /** The number as it was measured, second run by first: for times and rates alike. */
  @Nullable Comparison secondByFirst() {
    if (slowDown == null || measure.lowerIsBetter()) {
      return slowDown;
    }
    Double low = slowDown.low();
    Double high = slowDown.high();
    return new Comparison(
        1 / slowDown.ratio(),
        high == null ? null : 1 / high,
        low == null ? null : 1 / low,
        slowDown.trials());
  }
}
