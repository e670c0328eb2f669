package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Form;
import dev.sockbed.bench.output.FormOptions;
import dev.sockbed.bench.output.TableCsv;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.ResultsFile;
import java.util.Set;

/** The forms in which what a run found is written. */
final class ReportForms {
  /** What is no number, or not the same for all scenarios. */
  private static final Set<String> NOT_IN_CSV = Set.of("histogram", "responseHistogram", "detail");

  static final Form<Report> JSON = (report, to) -> ResultsFile.write(report.results(), to);
  static final Form<Report> PAGE = Form.text(report -> HtmlReport.render(report.results()));
  static final Form<Report> LOG = (report, to) -> HistogramLog.write(report.results(), to);

  static final FormOptions.Forms<Report> ALL =
      new FormOptions.Forms<>(
          JSON,
          Form.text(report ->
              TableCsv.render(FlatTable.of(Cell.class, report.results().cells(), NOT_IN_CSV))),
          Form.text(MarkdownReport::render),
          Form.text(report -> RequirementCases.suite(report).render()));

  private ReportForms() {}
}
