package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.stats.Trials;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Results as a page of text: the answer, a table for each scenario, TCP's line above UDP's, then
 * all verdicts. It fits 80 columns; on a narrower terminal percentiles are left out, the rarest
 * first.
 */
public final class TerminalReport {
  private static final int INDENT = 2;
  private static final int TIME_WIDTH = 9;
  private static final int RATE_WIDTH = 12;
  private static final int NAME_WIDTH = 12;
  private static final int RECEIVES_WIDTH = 24;
  private static final int NARROWEST = 40;

  private final int width;
  private final Colours colours;
  private final String target;
  private final StringBuilder text = new StringBuilder();

  private TerminalReport(int width, Colours colours, String target) {
    this.width = Math.max(NARROWEST, width);
    this.colours = colours;
    this.target = target;
  }

  /**
   * Renders results.
   *
   * @param width columns of the terminal; at least 40 are taken
   * @return lines, each ended by a line feed
   */
  public static String render(Results results, int width, Colours colours) {
    TerminalReport report =
        new TerminalReport(width, colours, results.config().path("target").asString(""));
    List<Verdict> answer =
        results.workload() == null ? Findings.answer(results.verdicts()) : List.of();
    if (results.workload() != null) {
      report.need(results.workload());
    }
    if (!answer.isEmpty()) {
      report.verdicts("TCP or UDP?", answer);
      report.line("");
    }
    List<String> onlyInGrid = LinkGrid.onlyHere(results);
    for (Scenario scenario : Scenario.of(results)) {
      if (!onlyInGrid.contains(scenario.name())) {
        report.scenario(scenario);
      }
    }
    LinkGrid.of(results).ifPresent(report::grid);
    if (results.verdicts().size() > answer.size()) { // The tables are long: all is said below them.
      report.verdicts("Conclusions", results.verdicts());
    }
    Machine.warnings(results).forEach(warning -> report.wrapped("Note: " + warning, 0, INDENT));
    return report.text.toString();
  }

  private void need(WorkloadFinding need) {
    line(colours.heading(NeedText.title(need)));
    wrapped(need.text(), INDENT, INDENT * 2);
    need.variants().forEach(variant -> wrapped(variant.text(), INDENT, INDENT * 2));
    need.variants().forEach(variant -> wrapped(NeedText.costs(variant), INDENT, INDENT * 2));
    wrapped(NeedText.asked(need), INDENT, INDENT * 2);
    wrapped(NeedText.surely(need), INDENT, INDENT * 2);
    line("");
  }

  private void scenario(Scenario scenario) {
    line(colours.heading(scenario.title()));
    wrapped(scenario.explanation(), INDENT, INDENT);
    wrapped(scenario.conditions(), INDENT, INDENT);
    if (scenario.name().equals(Scenario.RECEIVE_LIMIT)) {
      receiveLimit(ReceiveLimitRow.of(scenario));
    } else if (scenario.name().equals(Scenario.LOAD)) {
      scenario
          .points()
          .forEach(trials -> trials.cells().forEach(cell -> load(LoadText.of(cell, target))));
    } else if (scenario.overLink()) {
      link(LinkRow.of(scenario));
    } else {
      table(scenario);
    }
    line("");
  }

  private void table(Scenario scenario) {
    List<Axis> axes = scenario.axes();
    List<Integer> widths = axes.stream().map(axis -> axisWidth(axis, scenario)).toList();
    int taken = widths.stream().mapToInt(w -> w + 1).sum() + INDENT + 3 + RATE_WIDTH;
    List<Percentile> percentiles = Percentile.fitting((width - taken) / TIME_WIDTH);

    StringBuilder head = new StringBuilder(" ".repeat(INDENT));
    for (int i = 0; i < axes.size(); i++) {
      head.append(right(axes.get(i).label(), widths.get(i))).append(' ');
    }
    head.append("   ");
    percentiles.forEach(percentile -> head.append(right(percentile.label, TIME_WIDTH)));
    line(colours.faint(head.append(right("messages/s", RATE_WIDTH)).toString()));

    Point before = null;
    for (Trials trials : scenario.points()) {
      Point place = trials.point().withVariant("");
      row(trials, axes, widths, percentiles, place.equals(before));
      before = place;
    }
  }

  private void row(
      Trials trials,
      List<Axis> axes,
      List<Integer> widths,
      List<Percentile> percentiles,
      boolean samePlace) {
    StringBuilder row = new StringBuilder(" ".repeat(INDENT));
    for (int i = 0; i < axes.size(); i++) {
      String place = samePlace ? "" : axes.get(i).of(trials.point());
      row.append(right(place, widths.get(i))).append(' ');
    }
    String transport = trials.point().variant();
    row.append(colours.transport(transport.toUpperCase(Locale.ROOT), transport));
    TimesNs times = trials.times();
    percentiles.forEach(
        percentile -> row.append(right(Numbers.time(percentile.of(times)), TIME_WIDTH)));
    line(row.append(right(Numbers.rate(trials.messagesPerSecond()), RATE_WIDTH)).toString());
    String wrong = OutcomeWords.notOk(trials);
    if (!wrong.isEmpty()) {
      int indent = INDENT + widths.stream().mapToInt(w -> w + 1).sum() + 4;
      wrapped(wrong, indent, indent, colours::bad);
    }
  }

  private void load(LoadText load) {
    List<Percentile> percentiles = Percentile.fitting((width - INDENT - NAME_WIDTH) / TIME_WIDTH);
    StringBuilder head = new StringBuilder(" ".repeat(INDENT + NAME_WIDTH));
    percentiles.forEach(percentile -> head.append(right(percentile.label, TIME_WIDTH)));
    if (!load.rows().isEmpty()) {
      line(colours.faint(head.toString()));
    }
    for (LoadText.Row row : load.rows()) {
      StringBuilder line = new StringBuilder(" ".repeat(INDENT) + left(row.name(), NAME_WIDTH));
      percentiles.forEach(
          percentile -> line.append(right(Numbers.time(percentile.of(row.times())), TIME_WIDTH)));
      line(line.toString());
    }
    load.sentences().forEach(sentence -> wrapped(sentence, INDENT, INDENT * 2));
    load.wrong().forEach(sentence -> wrapped(sentence, INDENT, INDENT * 2, colours::bad));
  }

  private void link(List<LinkRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int beside = Math.max(1, (width - INDENT - NAME_WIDTH) / TIME_WIDTH);
    int deadlines = rows.getFirst().deadlines().size();
    for (int first = 0; first < deadlines; first += beside) {
      shares(rows, first, Math.min(first + beside, deadlines));
    }
    rows.forEach(row -> row.sentences().forEach(sentence -> wrapped(sentence, INDENT, INDENT * 2)));
    wrapped(rows.getFirst().caveat(), INDENT, INDENT);
  }

  /** The columns of some of the deadlines. */
  private void shares(List<LinkRow> rows, int first, int end) {
    StringBuilder head = new StringBuilder(" ".repeat(INDENT) + left("came within", NAME_WIDTH));
    rows.getFirst()
        .deadlines()
        .subList(first, end)
        .forEach(label -> head.append(right(label, TIME_WIDTH)));
    line(colours.faint(head.toString()));
    for (LinkRow row : rows) {
      String name = left(row.manner().toUpperCase(Locale.ROOT), NAME_WIDTH);
      StringBuilder line = new StringBuilder(" ".repeat(INDENT));
      line.append(colours.transport(name, row.manner()));
      row.shares().subList(first, end).forEach(share -> line.append(right(share, TIME_WIDTH)));
      line(line.toString());
    }
  }

  private void grid(LinkGrid grid) {
    line(colours.heading(LinkGrid.TITLE));
    wrapped(LinkGrid.IN_TIME, INDENT, INDENT);
    LinkGridText.shares(grid, width, colours).forEach(this::line);
    wrapped(LinkGrid.WITHIN, INDENT, INDENT);
    LinkGridText.times(grid, width, colours).forEach(this::line);
    wrapped(grid.caveat(), INDENT, INDENT);
    line("");
  }

  private void receiveLimit(List<ReceiveLimitRow> rows) {
    line(colours.faint("  bytes     two messages are received as"));
    int before = -1;
    for (ReceiveLimitRow row : rows) {
      int size = row.detail().messageBytes();
      String place = size == before ? "" : Numbers.count((long) size);
      before = size;
      String transport = row.transport();
      String shown = colours.transport(transport.toUpperCase(Locale.ROOT), transport);
      String start = " ".repeat(INDENT) + right(place, 5) + " " + shown + "  ";
      String fate = "of " + Numbers.count(row.sent()) + ": " + row.fate();
      boolean oneLine = INDENT + 11 + RECEIVES_WIDTH + fate.length() <= width;
      line(start + (oneLine ? left(row.receives(), RECEIVES_WIDTH) + fate : row.receives()));
      if (!oneLine) {
        wrapped(fate, INDENT + 11, INDENT + 11);
      }
    }
  }

  private void verdicts(String heading, List<Verdict> verdicts) {
    line(colours.heading(heading));
    verdicts.forEach(verdict -> wrapped(verdict.text(), INDENT, INDENT * 2));
  }

  private static int axisWidth(Axis axis, Scenario scenario) {
    int longest =
        scenario.points().stream()
            .mapToInt(trials -> axis.of(trials.point()).length())
            .max()
            .orElse(0);
    return Math.max(longest, axis.label().length());
  }

  private static String left(String value, int width) {
    return value.length() >= width ? value + "  " : value + " ".repeat(width - value.length());
  }

  private static String right(String value, int width) {
    return value.length() >= width ? value : " ".repeat(width - value.length()) + value;
  }

  private void wrapped(String words, int first, int following) {
    wrapped(words, first, following, Function.identity());
  }

  private void wrapped(String words, int first, int following, Function<String, String> paint) {
    if (words.isEmpty()) {
      return;
    }
    int indent = first;
    StringBuilder now = new StringBuilder();
    for (String word : words.split(" (?!%)", -1)) {
      if (!now.isEmpty() && indent + now.length() + 1 + word.length() > width) {
        line(" ".repeat(indent) + paint.apply(now.toString()));
        now.setLength(0);
        indent = following;
      }
      now.append(now.isEmpty() ? "" : " ").append(word);
    }
    line(" ".repeat(indent) + paint.apply(now.toString()));
  }

  private void line(String content) {
    text.append(content).append('\n');
  }

  /** The columns of times; the rank says in which order they give way. */
  private enum Percentile {
    P50("p50", 0),
    P90("p90", 3),
    P99("p99", 1),
    P999("p99.9", 4),
    MAX("max", 2);

    private final String label;
    private final int rank;

    Percentile(String label, int rank) {
      this.label = label;
      this.rank = rank;
    }

    @Nullable Long of(TimesNs times) {
      return switch (this) {
        case P50 -> times.p50();
        case P90 -> times.p90();
        case P99 -> times.p99();
        case P999 -> times.p999();
        case MAX -> times.max();
      };
    }

    static List<Percentile> fitting(int columns) {
      return Arrays.stream(values())
          .filter(percentile -> percentile.rank < Math.max(1, columns))
          .toList();
    }
  }
}
