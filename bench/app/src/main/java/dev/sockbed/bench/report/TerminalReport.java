package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.output.Paragraph;
import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.output.TableText;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.result.WorkloadFinding;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Results as a page of text: the answer, a table for each scenario, TCP's line above UDP's, then
 * all verdicts. It fits 80 columns; on a narrower terminal percentiles are left out, the rarest
 * first.
 */
public final class TerminalReport {
  private static final int INDENT = 2;
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
    need.variants().forEach(variant -> wrapped(NeedText.costs(need, variant), INDENT, INDENT * 2));
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
    } else if (scenario.isTransfer()) {
      table(TransferTable.of(scenario));
    } else {
      table(Tables.scenario(scenario));
    }
    line("");
  }

  private void load(LoadText load) {
    if (!load.rows().isEmpty()) {
      table(Tables.load(load));
    }
    load.sentences().forEach(sentence -> wrapped(sentence, INDENT, INDENT * 2));
    load.wrong().forEach(sentence -> wrapped(sentence, INDENT, INDENT * 2, colours::bad));
  }

  private void link(List<LinkRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    table(Tables.link(rows));
    rows.forEach(row -> row.sentences().forEach(sentence -> wrapped(sentence, INDENT, INDENT * 2)));
    wrapped(rows.getFirst().caveat(), INDENT, INDENT);
  }

  private void grid(LinkGrid grid) {
    line(colours.heading(LinkGrid.TITLE));
    wrapped(LinkGrid.IN_TIME, INDENT, INDENT);
    table(Tables.shares(grid));
    wrapped(LinkGrid.WITHIN, INDENT, INDENT);
    table(Tables.times(grid));
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
    Paragraph.lines(words, first, following, width)
        .forEach(each -> {
          int blanks = each.length() - each.stripLeading().length();
          line(each.substring(0, blanks) + paint.apply(each.substring(blanks)));
        });
  }

  private void table(Table table) {
    TableText.lines(table, INDENT, width, colours).forEach(this::line);
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}
