package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.output.TableMarkdown;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.result.WorkloadFinding;
import java.util.List;

/**
 * Results in Markdown, for a build's summary page: the answer, what was asked and not reached, a
 * table for each scenario, then all conclusions.
 */
final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();
  private boolean inList;

  private MarkdownReport() {}

  /** Renders results. */
  static String render(Report report) {
    MarkdownReport markdown = new MarkdownReport();
    Results results = report.results();
    markdown.answer(results);
    markdown.requirements(report);
    List<String> onlyInGrid = LinkGrid.onlyHere(results);
    for (Scenario scenario : Scenario.of(results)) {
      if (!onlyInGrid.contains(scenario.name())) {
        markdown.scenario(scenario, results.config().path("target").asString(""));
      }
    }
    LinkGrid.of(results).ifPresent(markdown::grid);
    if (results.verdicts().size() > Findings.answer(results.verdicts()).size()) {
      markdown.heading("Conclusions");
      results.verdicts().stream().map(Verdict::text).forEach(markdown::item);
    }
    markdown.paragraph(Machine.words(results));
    Machine.warnings(results).forEach(warning -> markdown.paragraph("Note: " + warning));
    return markdown.text.toString();
  }

  private void answer(Results results) {
    WorkloadFinding need = results.workload();
    if (need != null) {
      heading(NeedText.title(need));
      paragraph(need.text());
      need.variants().forEach(variant -> item(variant.text()));
      need.variants().stream()
          .map(variant -> NeedText.costs(need, variant))
          .filter(costs -> !costs.isEmpty())
          .forEach(this::item);
      paragraph(NeedText.asked(need));
      paragraph(NeedText.surely(need));
      return;
    }
    List<Verdict> answer = Findings.answer(results.verdicts());
    if (!answer.isEmpty()) {
      heading("TCP or UDP?");
      answer.forEach(verdict -> item(verdict.text()));
    }
  }

  private void requirements(Report report) {
    if (report.requirements().isEmpty()) {
      return;
    }
    List<String> missed = report.missed();
    heading("What was asked");
    if (missed.isEmpty()) {
      paragraph("All of it was reached.");
    }
    missed.forEach(each -> item("FAIL: " + each));
  }

  private void scenario(Scenario scenario, String target) {
    heading(scenario.title());
    paragraph(scenario.explanation());
    paragraph(scenario.conditions());
    if (scenario.name().equals(Scenario.RECEIVE_LIMIT)) {
      table(Tables.receiveLimit(ReceiveLimitRow.of(scenario)));
    } else if (scenario.name().equals(Scenario.LOAD)) {
      scenario.points().forEach(trials -> trials.cells().forEach(cell -> load(cell, target)));
    } else if (scenario.isTransfer()) {
      table(TransferTable.of(scenario));
    } else if (scenario.overLink()) {
      link(LinkRow.of(scenario));
    } else {
      table(Tables.scenario(scenario));
    }
  }

  private void load(Cell cell, String target) {
    LoadText load = LoadText.of(cell, target);
    table(Tables.load(load));
    load.sentences().forEach(this::item);
    load.wrong().forEach(this::item);
  }

  private void link(List<LinkRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    table(Tables.link(rows));
    rows.forEach(row -> row.sentences().forEach(this::item));
    paragraph(rows.getFirst().caveat());
  }

  private void grid(LinkGrid grid) {
    heading(LinkGrid.TITLE);
    paragraph(LinkGrid.IN_TIME);
    table(Tables.shares(grid));
    paragraph(LinkGrid.WITHIN);
    table(Tables.times(grid));
    paragraph(grid.caveat());
  }

  private void heading(String title) {
    block("### " + TableMarkdown.escape(title) + "\n");
  }

  private void paragraph(String words) {
    if (!words.isEmpty()) {
      block(TableMarkdown.escape(words) + "\n");
    }
  }

  /** Items that follow each other are one list. */
  private void item(String words) {
    String item = "- " + TableMarkdown.escape(words) + "\n";
    if (inList) {
      text.append(item);
    } else {
      block(item);
      inList = true;
    }
  }

  private void table(Table table) {
    if (!table.rows().isEmpty()) {
      block(TableMarkdown.render(table));
    }
  }

  private void block(String lines) {
    text.append(text.isEmpty() ? "" : "\n").append(lines);
    inList = false;
  }
}
