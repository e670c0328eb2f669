package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Measure;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measure of one point in both runs.
 *
 * @param point what was measured
 * @param measure which number of it
 * @param shift how far the second run is from the first; null if nothing came back in the second
 * @param controlled whether both runs have a control for it
 * @param relative the same with each trial divided by the control's; null without a control, or
 *     where that has no such number
 * @param constant whether all trials of both runs have the same value, so that there is no question
 */
record Pair(
    Point point,
    Measure measure,
    @Nullable Shift shift,
    boolean controlled,
    @Nullable Shift relative,
    boolean constant) {

  /** The measures worth comparing: where many messages are under way, time mirrors throughput. */
  static List<Measure> measures(Point point) {
    boolean oneAtATime = point.window() != null && point.window() * point.connections() == 1;
    return oneAtATime || point.ratePerSecond() != null
        ? List.of(Measure.P50, Measure.P99, Measure.OK_SHARE)
        : List.of(Measure.MESSAGES_PER_SECOND, Measure.OK_SHARE);
  }

  /** A measure of which the first run has values and in the second nothing came back. */
  static Pair gone(Point point, Measure measure) {
    return new Pair(point, measure, null, false, null, false);
  }

  /** Whether nothing came back in the second run. */
  boolean isGone() {
    return shift == null;
  }

  /** Whether it is the control itself, which no build of ours changes. */
  boolean isControl() {
    return Control.isControl(point.scenario());
  }

  /** Whether the trials of both runs are enough to tell. */
  boolean decidable() {
    return shift != null
        && shift.decidable()
        && (!controlled || (relative != null && relative.decidable()));
  }

  /** Whether the whole interval lies on the slow side of the tolerance. */
  boolean beyond(double tolerance) {
    return shift != null && shift.beyond(tolerance);
  }

  /** Whether the control, if there is one, leaves that to the build. */
  boolean beyondControl(double tolerance) {
    return relative == null || relative.beyond(tolerance);
  }

  /** Whether it is on the fast side, against the control too. */
  boolean below(double tolerance) {
    return shift != null
        && shift.below(tolerance)
        && (relative == null || relative.below(tolerance));
  }

  /** The chance of that if the build were slower by the tolerance only: the larger of the two. */
  double slowerByChance() {
    return Math.max(
        shift == null ? 0 : shift.slowerByChance(),
        relative == null ? 0 : relative.slowerByChance());
  }

  /** The same for faster. */
  double fasterByChance() {
    return Math.max(
        shift == null ? 1 : shift.fasterByChance(),
        relative == null ? 0 : relative.fasterByChance());
  }

  /** The number as it was measured, second run by first: for times and rates alike. */
  @Nullable Comparison secondByFirst() {
    if (shift == null || measure.lowerIsBetter()) {
      return shift == null ? null : shift.slowDown();
    }
    Comparison slowDown = shift.slowDown();
    Double low = slowDown.low();
    Double high = slowDown.high();
    return new Comparison(
        1 / slowDown.ratio(),
        high == null ? null : 1 / high,
        low == null ? null : 1 / low,
        slowDown.trials());
  }

  /** Whether all these are one value. */
  static boolean isConstant(double[] first, double[] second) {
    return Arrays.stream(first).allMatch(each -> each == first[0])
        && Arrays.stream(second).allMatch(each -> each == first[0]);
  }
}
