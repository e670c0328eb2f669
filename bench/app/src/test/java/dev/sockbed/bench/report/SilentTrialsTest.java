package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.ReceiveLimitDetail;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trials in which nothing came back are told by every report. */
@Tag("unit")
class SilentTrialsTest {
  private static final String TOLD = "4 of 10 trials had no reply";

  @Test
  void aTablesRowTellsTrialsWithoutAReply() {
    Results results = with(cells("rtt"));

    assertThat(TerminalReport.render(results, 80, Colours.OFF).replaceAll("\\s+", " "))
        .contains("4,000 lost (40.0 %), " + TOLD);
    assertThat(HtmlReport.render(results)).contains(TOLD);
  }

  @Test
  void theReceiveLimitsTableTellsThemToo() {
    List<Cell> cells =
        cells("receive-limit").stream()
            .map(cell ->
                TrialCells.with(
                    cell,
                    new ReceiveLimitDetail(
                        128,
                        128,
                        cell.outcomes().ok() == 0 ? List.of() : List.of(128, 128),
                        0,
                        0,
                        0)))
            .toList();

    String text = TerminalReport.render(with(cells), 100, Colours.OFF).replaceAll("\\s+", " ");

    assertThat(text)
        .contains("UDP 128 + 128 of 10,000: 4,000 not back, " + TOLD)
        .contains("of 10,000: whole");
  }

  @Test
  void thePagesAnswerKeepsWhatIsToldBesideARatio() {
    assertThat(Findings.emphasised("UDP's time is 0.79 of TCP's (0.77 to 0.81); " + TOLD))
        .isEqualTo(
            "UDP&#39;s time is 0.79 of TCP&#39;s <small>(0.77 to 0.81); " + TOLD + "</small>");
    assertThat(Findings.emphasised("UDP's time against TCP's: nothing to compare; " + TOLD))
        .isEqualTo(
            "UDP&#39;s time against TCP&#39;s: nothing to compare <small>" + TOLD + "</small>");
  }

  @Test
  void aVerdictWithoutARatioIsShownInWords() {
    Verdict verdict =
        new Verdict("udp rtt p50 / tcp rtt p50", null, null, null, 0.95, 0, 10, "none, " + TOLD);

    assertThat(Findings.section(List.of(verdict)))
        .contains("none, " + TOLD)
        .doesNotContain("<circle");
  }

  /** Ten trials over each transport; in the last four over UDP nothing came back. */
  private static List<Cell> cells(String scenario) {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 10; trial++) {
      for (String transport : List.of("tcp", "udp")) {
        Cell cell =
            TrialCells.of(
                TrialCells.point(transport, scenario, null, 128, 1, 1, null), trial, 20_000);
        cells.add(transport.equals("udp") && trial > 6 ? TrialCells.silent(cell) : cell);
      }
    }
    return cells;
  }

  private static Results with(List<Cell> cells) {
    Results results = SampleResults.small(1);
    return new Results(
        results.schema(),
        results.tool(),
        results.startedAt(),
        results.environment(),
        results.config(),
        cells,
        List.of());
  }
}
