package dev.sockbed.bench.cfloor;

import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.descriptive.Median;

/** What the trials found: one row a case. */
public final class FloorTable {

  /** The trials of both sides, in pairs. */
  private record Pairs(List<FloorTrial> c, List<FloorTrial> ours) {
    Pairs() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  private final Map<FloorCase, Pairs> pairs = new LinkedHashMap<>();

  void addC(FloorCase what, FloorTrial trial) {
    of(what).c().add(trial);
  }

  void addOurs(FloorCase what, FloorTrial trial) {
    of(what).ours().add(trial);
  }

  private Pairs of(FloorCase what) {
    return pairs.computeIfAbsent(what, _ -> new Pairs());
  }

  private static double[] figures(FloorCase what, List<FloorTrial> trials) {
    return trials.stream().mapToDouble(what::figure).toArray();
  }

  /** Empty if one side had nothing to show in one trial: that has no ratio. */
  private static Optional<Comparison> ratio(FloorCase what, Pairs both) {
    double[] ours = figures(what, both.ours());
    double[] c = figures(what, both.c());
    boolean all = DoubleStream.concat(Arrays.stream(ours), Arrays.stream(c)).allMatch(f -> f > 0);
    return all ? Optional.of(Comparison.paired(ours, c)) : Optional.empty();
  }

  /** What is to be reached. */
  public List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    pairs.forEach((what, both) -> {
      String claim =
          what + (what.isRoundTrip() ? ": round trip p50" : ": messages/s") + ", ours / C's";
      goals.add(
          ratio(what, both)
              .map(found ->
                  what.isRoundTrip()
                      ? Goal.atMost(what.bound(), claim, found)
                      : Goal.atLeast(what.bound(), claim, found))
              .orElseGet(() -> Goal.atMost(0, what + ": trials without a figure", 1)));
    });
    return goals;
  }

  /**
   * One case: a value of each trial.
   *
   * @param way {@code block}, {@code spin} or {@code batch}
   * @param place processors: {@code one}, {@code two} or {@code any}
   * @param cP50Ns C's median round trips; 0 with a window above 1
   * @param oursP50Ns ours
   * @param cMessagesPerSecond C's rates
   * @param oursMessagesPerSecond ours
   * @param cLost C's messages that never came back
   * @param oursLost ours that did not come back whole and in time
   */
  public record Cell(
      String transport,
      String way,
      int sizeBytes,
      int window,
      String place,
      List<Double> cP50Ns,
      List<Double> oursP50Ns,
      List<Double> cMessagesPerSecond,
      List<Double> oursMessagesPerSecond,
      List<Long> cLost,
      List<Long> oursLost) {}

  /** All trials, for programs. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    pairs.forEach((what, both) ->
        cells.add(
            new Cell(
                what.transport().scheme(),
                what.way().name().toLowerCase(Locale.ROOT),
                what.size(),
                what.window(),
                what.place().label(),
                both.c().stream().map(FloorTrial::p50Nanos).toList(),
                both.ours().stream().map(FloorTrial::p50Nanos).toList(),
                both.c().stream().map(FloorTrial::messagesPerSecond).toList(),
                both.ours().stream().map(FloorTrial::messagesPerSecond).toList(),
                both.c().stream().map(FloorTrial::lost).toList(),
                both.ours().stream().map(FloorTrial::lost).toList())));
    return cells;
  }

  /** The table, a case a line: medians of the trials. */
  public String text() {
    StringBuilder text = new StringBuilder();
    String row = "| %-9s | %-5s | %6s | %6s | %4s | %14s | %14s | %-21s |%n";
    text.append(
        row.formatted("transport", "way", "bytes", "window", "cpus", "C", "ours", "ours / C's"));
    text.append("|---|---|---|---|---|---|---|---|\n");
    pairs.forEach((what, both) -> {
      text.append(
          row.formatted(
              what.transport().scheme(),
              what.way().name().toLowerCase(Locale.ROOT),
              what.size(),
              what.window(),
              what.place().label(),
              form(what, both.c()),
              form(what, both.ours()),
              ratio(what, both).map(Comparison::text).orElse("no figure")));
    });
    return text.toString();
  }

  private static String form(FloorCase what, List<FloorTrial> trials) {
    double median = Median.withDefaults().evaluate(figures(what, trials));
    return what.isRoundTrip()
        ? String.format(Locale.ROOT, "%.2f µs", median / 1e3)
        : String.format(Locale.ROOT, "%,.0f/s", median);
  }
}
