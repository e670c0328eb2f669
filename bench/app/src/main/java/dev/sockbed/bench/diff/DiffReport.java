package dev.sockbed.bench.diff;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.output.Paragraph;
import dev.sockbed.bench.output.TableText;
import dev.sockbed.bench.report.PointNames;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.ShareComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What changed, as a file of its own form. The first side is {@code a}, the second {@code b}.
 *
 * @param schema {@link #SCHEMA}
 * @param a the first side's files
 * @param b the second side's files
 * @param runsOfA how many runs the first side has
 * @param runsOfB how many the second
 * @param paired whether the runs of either side were compared in pairs
 * @param tolerance a slow-down that does not matter, as in 0.05
 * @param shareTolerance a part of the messages that does not matter, as in 0.005
 * @param confidence that all intervals hold at once
 * @param level the chance of a false alarm over all comparisons together
 * @param slower how many comparisons came out worse: slower, fewer messages, no reply
 * @param same how many are the same within the tolerance
 * @param cantTell how many can't be told
 * @param verdict the answer in a sentence
 * @param comparisons the worst first
 * @param onlyInA what the second side did not measure
 * @param onlyInB what the first side did not measure
 */
public record DiffReport(
    String schema,
    String a,
    String b,
    int runsOfA,
    int runsOfB,
    boolean paired,
    double tolerance,
    double shareTolerance,
    double confidence,
    double level,
    long slower,
    long same,
    long cantTell,
    String verdict,
    List<Line> comparisons,
    List<String> onlyInA,
    List<String> onlyInB) {

  /** The form of the file. */
  public static final String SCHEMA = "sockbed/diff/1";

  /**
   * One comparison.
   *
   * @param change what became of it
   * @param point what was measured
   * @param measure which number of it
   * @param ratio the second side's by the first's; null where there is none
   * @param low the lower end of the ratio's interval, or null with too few trials, and of shares
   * @param high its upper end
   * @param difference of shares: the second side's less the first's, −1 to 1; null of times and
   *     rates
   * @param differenceLow the lower end of the difference's interval, or null with too few trials
   * @param differenceHigh its upper end
   * @param n trials of the side that has fewer
   * @param why what must be known beside the numbers
   */
  public record Line(
      String change,
      String point,
      String measure,
      @Nullable Double ratio,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double difference,
      @Nullable Double differenceLow,
      @Nullable Double differenceHigh,
      int n,
      List<String> why) {}

  /**
   * What is known of a side beside its cells.
   *
   * @param files as the user named them
   * @param runs how many runs they hold: a file has one, or one for each fork
   */
  record Side(List<String> files, int runs) {}

  /** What runs that are compared in pairs are. */
  public enum Pairs {
    /** Runs of their own, in files. */
    RUNS("pairs of runs", "pair", "runs"),
    /** Turns of two servers that one client measured. */
    TURNS("turns of both", "turn", "turns");

    private final String several;
    private final String one;
    private final String all;

    Pairs(String several, String one, String all) {
      this.several = several;
      this.one = one;
      this.all = all;
    }
  }

  /** Puts a difference into words and numbers. */
  static DiffReport of(Side a, Side b, boolean paired, Tolerance tolerance, Difference difference) {
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
        String.join(" ", a.files()),
        String.join(" ", b.files()),
        a.runs(),
        b.runs(),
        paired,
        tolerance.slowDown(),
        tolerance.share(),
        Comparison.CONFIDENCE,
        1 - Comparison.CONFIDENCE,
        difference.entries().stream().filter(entry -> entry.change().bad()).count(),
        difference.count(Change.SAME),
        difference.count(Change.CANT_TELL),
        DiffVerdict.of(difference, lines, tolerance),
        lines,
        difference.onlyInFirst().stream().map(names::of).toList(),
        difference.onlyInSecond().stream().map(names::of).toList());
  }

  /**
   * Compares two servers that one client measured in turns.
   *
   * @param a the first server's address
   * @param b the second's
   * @param first what each turn found of the first, in the order of the turns
   * @param second what it found of the second
   */
  public static DiffReport ofTurns(
      String a, String b, List<List<Cell>> first, List<List<Cell>> second, Tolerance tolerance) {
    return of(
        new Side(List.of(a), first.size()),
        new Side(List.of(b), second.size()),
        true,
        tolerance,
        Difference.ofPairs(new Runs(first), new Runs(second), tolerance));
  }

  /** Whether the answer is a bad one. */
  boolean bad() {
    return slower > 0;
  }

  /** Whether something can't be told: a comparison, or what only the first side has. */
  boolean open() {
    boolean nothing =
        comparisons.stream().allMatch(line -> line.change().equals(Change.CONTROL.label()));
    return nothing || cantTell > 0 || !onlyInA.isEmpty();
  }

  private static Line line(Entry entry, PointNames names) {
    String change = entry.change().label();
    String point = names.of(entry.pair().point());
    String measure = entry.pair().measure().label();
    Comparison ratio = entry.ratio();
    ShareComparison shares = entry.shares();
    if (shares != null) {
      return new Line(
          change,
          point,
          measure,
          shares.first() == 0 ? null : shares.second() / shares.first(),
          null,
          null,
          shares.difference(),
          shares.low(),
          shares.high(),
          shares.trials(),
          entry.why());
    }
    return new Line(
        change,
        point,
        measure,
        ratio == null ? null : ratio.ratio(),
        ratio == null ? null : ratio.low(),
        ratio == null ? null : ratio.high(),
        null,
        null,
        null,
        ratio == null ? 0 : ratio.trials(),
        entry.why());
  }

  /** The report as lines of text, the verdict last. */
  String text(Pairs pairs, int width, Colours colours) {
    List<String> text = new ArrayList<>();
    if (pairs == Pairs.TURNS) {
      text.add("a is %s, b is %s".formatted(a, b));
    }
    text.addAll(TableText.lines(DiffForms.table(this), 0, width, colours));
    notes(pairs).forEach(note -> text.addAll(Paragraph.lines(note, 0, 0, width)));
    text.addAll(Paragraph.lines(verdict, 0, 0, width));
    return String.join("\n", text) + "\n";
  }

  /** What must be known beside the comparisons. */
  List<String> notes(Pairs pairs) {
    List<String> notes = new ArrayList<>();
    onlyInA.forEach(point -> notes.add("only in a       " + point));
    onlyInB.forEach(point -> notes.add("only in b       " + point));
    notes.add("all intervals hold together with %.0f %%".formatted(100 * confidence));
    if (paired) {
      notes.add(
          "%s %s: times and rates are compared within each %s, shares over all %s"
              .formatted(runsOfA, pairs.several, pairs.one, pairs.all));
    } else if (runsOfA == 1 || runsOfB == 1) {
      notes.add(
          "one run on a side: what differs from run to run (placement, compilation, neighbours) is"
              + " not in these intervals; only several runs a side show it (diff --help)");
    }
    return notes;
  }
}
