package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds what both sides measured, and sets each against the other and against the controls. */
final class Pairing {
  private final Map<Point, List<List<Cell>>> first;
  private final Map<Point, List<List<Cell>>> second;
  private final List<Control> before;
  private final List<Control> after;
  private final boolean paired;

  Pairing(Runs first, Runs second, boolean paired) {
    this.first = first.byPoint();
    this.second = second.byPoint();
    this.before = first.runs().stream().map(Control::new).toList();
    this.after = second.runs().stream().map(Control::new).toList();
    this.paired = paired;
  }

  /** One pair for each number worth comparing. */
  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    first.forEach((point, trials) -> {
      List<List<Cell>> others = second.get(point);
      if (others != null) {
        for (Measure measure : Measure.worthComparing(point)) {
          add(point, measure, trials, others, pairs);
        }
      }
    });
    return pairs;
  }

  /** The points of the first side that the second does not have. */
  List<Point> onlyInFirst() {
    return first.keySet().stream().filter(point -> !second.containsKey(point)).toList();
  }

  /** The points of the second side that the first does not have. */
  List<Point> onlyInSecond() {
    return second.keySet().stream().filter(point -> !first.containsKey(point)).toList();
  }

  private void add(
      Point point,
      Measure measure,
      List<List<Cell>> trials,
      List<List<Cell>> others,
      List<Pair> pairs) {
    if (measure == Measure.OK_SHARE) {
      pairs.add(new SharePair(point, trials, others));
      return;
    }
    List<double[]> numbers = RatioPair.numbers(trials, measure);
    List<double[]> otherNumbers = RatioPair.numbers(others, measure);
    if (RatioPair.none(numbers) && RatioPair.none(otherNumbers)) {
      return; // Neither side has any: where that is a fault, the share of messages says so.
    }
    boolean controlled = covers(before, trials) && covers(after, others);
    pairs.add(
        new RatioPair(
            point,
            measure,
            trials,
            others,
            numbers,
            otherNumbers,
            paired,
            controlled
                ? new RatioPair.Relative(
                    relative(before, trials, measure), relative(after, others, measure))
                : null));
  }

  private static boolean covers(List<Control> controls, List<List<Cell>> runs) {
    for (int run = 0; run < runs.size(); run++) {
      if (controls.get(run).covers(runs.get(run))) {
        return true;
      }
    }
    return false;
  }

  private static List<double[]> relative(
      List<Control> controls, List<List<Cell>> runs, Measure measure) {
    List<double[]> numbers = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      numbers.add(controls.get(run).relative(runs.get(run), measure));
    }
    return numbers;
  }
}
