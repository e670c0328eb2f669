package dev.sockbed.bench.diff;

import dev.sockbed.bench.report.PointNames;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What changed, as a file of its own form. The first run is {@code a}, the second {@code b}.
 *
 * @param schema {@link #SCHEMA}
 * @param a the first run's file
 * @param b the second run's file
 * @param tolerance a slow-down that does not matter, as in 0.05
 * @param confidence of each interval
 * @param level the chance of a false alarm over all comparisons together
 * @param slower how many comparisons are slower beyond doubt
 * @param verdict the answer in a sentence
 * @param comparisons the worst first
 * @param onlyInA what the second run did not measure
 * @param onlyInB what the first run did not measure
 */
record DiffReport(
    String schema,
    String a,
    String b,
    double tolerance,
    double confidence,
    double level,
    long slower,
    String verdict,
    List<Line> comparisons,
    List<String> onlyInA,
    List<String> onlyInB) {

  /** The form of the file. */
  static final String SCHEMA = "sockbed/diff/1";

  /**
   * One comparison.
   *
   * @param change what became of it
   * @param point what was measured
   * @param measure which number of it
   * @param ratio the second run's by the first run's, or null if nothing came back in the second
   * @param low the lower end of the ratio's interval, or null with too few trials
   * @param high its upper end
   * @param n trials of the run that has fewer
   */
  record Line(
      String change,
      String point,
      String measure,
      @Nullable Double ratio,
      @Nullable Double low,
      @Nullable Double high,
      int n) {}

  /** Puts a difference into words and numbers. */
  static DiffReport of(String a, String b, double tolerance, Difference difference) {
    List<Point> points =
        Stream.of(
                difference.entries().stream().map(entry -> entry.pair().point()),
                difference.onlyInFirst().stream(),
                difference.onlyInSecond().stream())
            .flatMap(each -> each)
            .distinct()
            .toList();
    PointNames names = new PointNames(points);
    List<Line> lines = difference.entries().stream().map(entry -> line(entry, names)).toList();
    return new DiffReport(
        SCHEMA,
        a,
        b,
        tolerance,
        Comparison.CONFIDENCE,
        Difference.LEVEL,
        difference.count(Change.SLOWER) + difference.count(Change.GONE),
        verdict(difference, lines, tolerance),
        lines,
        difference.onlyInFirst().stream().map(names::of).toList(),
        difference.onlyInSecond().stream().map(names::of).toList());
  }

  private static Line line(Difference.Entry entry, PointNames names) {
    Comparison comparison = entry.pair().secondByFirst();
    return new Line(
        entry.change().label(),
        names.of(entry.pair().point()),
        entry.pair().measure().label(),
        comparison == null ? null : comparison.ratio(),
        comparison == null ? null : comparison.low(),
        comparison == null ? null : comparison.high(),
        comparison == null ? 0 : comparison.trials());
  }

  private static String verdict(Difference difference, List<Line> lines, double tolerance) {
    if (lines.isEmpty()) {
      return "nothing to compare: the runs measured no point in common";
    }
    long bad = difference.count(Change.SLOWER) + difference.count(Change.GONE);
    long undecided = difference.count(Change.UNKNOWN);
    long controls = difference.count(Change.CONTROL);
    if (undecided == lines.size() - controls) {
      return "too few trials to tell (5 of each point are needed in either run)";
    }
    long told = lines.size() - undecided - controls;
    String within =
        String.format(Locale.ROOT, "%.4g %%", tolerance * 100).replaceAll("\\.?0+ ", " ");
    if (bad == 0) {
      long withMachine = difference.count(Change.WITH_MACHINE);
      return "no slow-down beyond %s found in %s comparisons%s"
          .formatted(
              within,
              told,
              withMachine == 0 ? "" : "; " + withMachine + " are no slower than bare sockets are");
    }
    Line worst = lines.getFirst();
    return "slower by more than %s in %s of %s comparisons, worst: %s %s"
        .formatted(within, bad, told, worst.point(), worst.measure());
  }

  /** The report as lines of text, the verdict last. */
  String text() {
    List<String> text = new ArrayList<>();
    text.add("%-14s  %8s  %-18s  %s".formatted("", "b / a", "95 % interval", "what"));
    for (Line line : comparisons) {
      text.add(
          "%-14s  %8s  %-18s  %s %s"
              .formatted(
                  line.change(),
                  number(line.ratio()),
                  interval(line),
                  line.point(),
                  line.measure()));
    }
    onlyInA.forEach(point -> text.add("only in a       " + point));
    onlyInB.forEach(point -> text.add("only in b       " + point));
    text.add(verdict);
    return String.join("\n", text) + "\n";
  }

  private static String interval(Line line) {
    return line.low() == null ? "" : number(line.low()) + " to " + number(line.high());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }
}
