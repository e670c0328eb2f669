package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Missing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A time or a rate, of which the two sides have a ratio.
 *
 * @param before the first side's trials, run by run
 * @param after the second side's
 * @param first the first side's numbers, run by run; a run may have none
 * @param second the second side's
 * @param paired whether the runs were made in pairs
 * @param relative the same with each trial divided by the control's; null without a control
 */
record RatioPair(
    Point point,
    Measure measure,
    List<List<Cell>> before,
    List<List<Cell>> after,
    List<double[]> first,
    List<double[]> second,
    boolean paired,
    @Nullable Relative relative)
    implements Pair {

  /** Numbers in units of the control's. */
  record Relative(List<double[]> first, List<double[]> second) {}

  /** The numbers of those trials that have one; of a run without any an empty array. */
  static List<double[]> numbers(List<List<Cell>> runs, Measure measure) {
    List<double[]> numbers = new ArrayList<>();
    for (List<Cell> run : runs) {
      double[] values =
          run.stream()
              .filter(cell -> Missing.of(cell, measure) == null)
              .map(measure::of)
              .mapToDouble(value -> value == null ? Double.NaN : value)
              .toArray();
      numbers.add(values);
    }
    return numbers;
  }

  /** Whether no run has a number. */
  static boolean none(List<double[]> runs) {
    return runs.stream().allMatch(run -> run.length == 0);
  }

  @Override
  public boolean asks() {
    return !Control.isControl(point.scenario()) && !constant() && hasInterval();
  }

  @Override
  public Entry judge(double confidence, Tolerance tolerance) {
    List<String> why = new ArrayList<>();
    why.addAll(Missing.told(Pair.all(before), measure, "in a"));
    why.addAll(Missing.told(Pair.all(after), measure, "in b"));
    why.addAll(Pair.unequal(before, after));
    if (none(first) || none(second)) {
      return new Entry(this, Change.CANT_TELL, null, null, why);
    }
    Comparison ratio = compared(second, first, confidence);
    if (ratio == null) {
      why.addFirst("no pair of runs has such numbers on both sides");
      return new Entry(this, Change.CANT_TELL, null, null, why);
    }
    Change change = change(ratio, tolerance, confidence, why);
    return new Entry(this, change, ratio, null, why);
  }

  private Change change(
      Comparison ratio, Tolerance tolerance, double confidence, List<String> why) {
    if (Control.isControl(point.scenario())) {
      return Change.CONTROL;
    }
    Tolerance.Interval slowDowns = slowDowns(ratio);
    if (slowDowns == null) {
      why.addFirst(paired ? tooFewPairs() : Pair.tooFew(before, after));
      return Change.CANT_TELL;
    }
    if (tolerance.exceededBy(slowDowns)) {
      return againstControl(confidence, Change.SLOWER, beyondControl(tolerance), why);
    }
    if (tolerance.undercutBy(slowDowns)) {
      return againstControl(confidence, Change.FASTER, beyondControl(tolerance), why);
    }
    if (!tolerance.holds(slowDowns)) {
      why.addFirst("the interval reaches beyond the tolerance");
      return Change.CANT_TELL;
    }
    // Those that are left may well be the same: the others are not.
    return silent(after) > silent(before) ? Change.CANT_TELL : Change.SAME;
  }

  private static String tooFewPairs() {
    return "too few pairs of runs with such numbers (%s are needed)".formatted(Comparison.FEWEST);
  }

  /**
   * How far a change has to be beyond the control's. Runs of a pair had the same machine already;
   * there the control has only to show that it did not change as well.
   */
  private Tolerance beyondControl(Tolerance tolerance) {
    return paired ? new Tolerance(0, tolerance.share()) : tolerance;
  }

  private Change againstControl(
      double confidence, Change change, Tolerance tolerance, List<String> why) {
    if (relative == null) {
      return change;
    }
    boolean none = none(relative.first()) || none(relative.second());
    Tolerance.Interval slowDowns =
        none ? null : slowDowns(compared(relative.second(), relative.first(), confidence));
    if (slowDowns == null) {
      why.addFirst("bare sockets have too few such numbers to leave the machine out");
      return Change.CANT_TELL;
    }
    boolean stands =
        change == Change.SLOWER ? tolerance.exceededBy(slowDowns) : tolerance.undercutBy(slowDowns);
    if (!stands) {
      why.addFirst(change.label() + ", but bare sockets may be so by as much");
    }
    return stands ? change : Change.CANT_TELL;
  }

  private boolean hasInterval() {
    return !none(first)
        && !none(second)
        && slowDowns(compared(second, first, Comparison.CONFIDENCE)) != null;
  }

  private @Nullable Comparison compared(
      List<double[]> numerator, List<double[]> denominator, double confidence) {
    return paired
        ? Comparison.ofPairedRuns(numerator, denominator, confidence)
        : Comparison.independent(numerator, denominator, confidence);
  }

  private Tolerance.@Nullable Interval slowDowns(@Nullable Comparison secondByFirst) {
    if (secondByFirst == null) {
      return null;
    }
    Double low = secondByFirst.low();
    Double high = secondByFirst.high();
    if (low == null || high == null) {
      return null;
    }
    return measure.lowerIsBetter()
        ? new Tolerance.Interval(low, high)
        : new Tolerance.Interval(1 / high, 1 / low);
  }

  /** Whether all trials of both sides have the same value, so that there is no question. */
  private boolean constant() {
    double[] all =
        Stream.concat(first.stream(), second.stream()).flatMapToDouble(Arrays::stream).toArray();
    return Arrays.stream(all).allMatch(value -> value == all[0]);
  }

  private long silent(List<List<Cell>> runs) {
    return Pair.all(runs).stream().filter(cell -> Missing.of(cell, measure) != null).count();
  }
}
