package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what two runs both measured, and sets each against the other and against the controls. */
final class Pairing {
  private final List<Cell> first;
  private final List<Cell> second;
  private final Control before;
  private final Control after;
  private final double tolerance;
  private final long seed;

  /**
   * Two runs' cells.
   *
   * @param tolerance as in 0.05
   * @param seed of the resampling
   */
  Pairing(List<Cell> first, List<Cell> second, double tolerance, long seed) {
    this.first = first;
    this.second = second;
    this.before = new Control(first);
    this.after = new Control(second);
    this.tolerance = tolerance;
    this.seed = seed;
  }

  /** One pair for each number worth comparing. */
  List<Pair> pairs() {
    Map<Point, Trials> later = byPoint(second);
    List<Pair> pairs = new ArrayList<>();
    for (Trials trials : Trials.of(first)) {
      Trials others = later.get(trials.point());
      if (others != null) {
        for (Measure measure : Pair.measures(trials.point())) {
          add(trials, others, measure, pairs);
        }
      }
    }
    return pairs;
  }

  /** The points of the first run that the second does not have. */
  List<Point> onlyInFirst() {
    return missing(first, second);
  }

  /** The points of the second run that the first does not have. */
  List<Point> onlyInSecond() {
    return missing(second, first);
  }

  private void add(Trials one, Trials other, Measure measure, List<Pair> pairs) {
    double[] values = measure.ofEach(one.cells());
    double[] others = measure.ofEach(other.cells());
    boolean gone = one.outcomes().ok() > 0 && other.sent() > 0 && other.outcomes().ok() == 0;
    if (values.length > 0 && gone) {
      pairs.add(Pair.gone(one.point(), measure));
    } else if (values.length > 0 && others.length > 0) {
      pairs.add(pair(one, other, measure, values, others));
    }
  }

  private Pair pair(Trials one, Trials other, Measure measure, double[] values, double[] others) {
    boolean controlled = before.covers(one, measure) && after.covers(other, measure);
    double[] relative = controlled ? before.relative(one, measure) : new double[0];
    double[] otherRelative = controlled ? after.relative(other, measure) : new double[0];
    return new Pair(
        one.point(),
        measure,
        shift(measure, values, others),
        controlled,
        relative.length == 0 || otherRelative.length == 0
            ? null
            : shift(measure, relative, otherRelative),
        Pair.isConstant(values, others));
  }

  private Shift shift(Measure measure, double[] before, double[] after) {
    return measure.lowerIsBetter()
        ? Shift.of(after, before, tolerance, seed)
        : Shift.of(before, after, tolerance, seed);
  }

  private static Map<Point, Trials> byPoint(List<Cell> cells) {
    return Trials.of(cells).stream().collect(Collectors.toMap(Trials::point, Function.identity()));
  }

  private static List<Point> missing(List<Cell> from, List<Cell> in) {
    Map<Point, Trials> there = byPoint(in);
    return Trials.of(from).stream()
        .map(Trials::point)
        .filter(point -> !there.containsKey(point))
        .toList();
  }
}
