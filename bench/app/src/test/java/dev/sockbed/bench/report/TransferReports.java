package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.WorkloadFinding;
import java.util.List;

/** Reports of a need, for tests of other rooms. */
public final class TransferReports {
  private TransferReports() {}

  /** As a terminal of 120 columns shows it. */
  public static String terminal(WorkloadFinding need, List<Cell> cells) {
    return TerminalReport.render(results(need, cells), 120, Colours.OFF);
  }

  /** The page. */
  public static String page(WorkloadFinding need, List<Cell> cells) {
    return HtmlReport.render(results(need, cells));
  }

  /** The results that the need and the cells are part of. */
  public static Results results(WorkloadFinding need, List<Cell> cells) {
    Results sample = SampleResults.full(1);
    return new Results(
        sample.schema(),
        sample.tool(),
        sample.startedAt(),
        sample.environment(),
        sample.config(),
        cells,
        List.of(),
        need);
  }
}
