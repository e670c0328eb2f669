package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.output.Form;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.testing.StrictJUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReportFormsTest {
  private static final String HOSTILE = "<b>]]>\u0000\u001b\uFFFE|`x`";
  private static final Results FULL = SampleResults.full(1);
  private static final Point POINT = Point.of(FULL.cells().getFirst());

  private static final Report ASKED =
      new Report(
          FULL,
          List.of(
              new Requirement(POINT, "p99 at most 1 ms", null),
              new Requirement(null, "loss at most 1 %", HOSTILE)));

  @Test
  void whatWasAskedIsATestCaseEachInTheStrictForm() throws IOException {
    String xml = text(ReportForms.ALL.junit(), ASKED);

    assertThatCode(() -> StrictJUnit.validate(xml)).doesNotThrowAnyException();
    assertThat(xml)
        .contains(
            "tests=\"2\" failures=\"1\"",
            "name=\"tcp setup: p99 at most 1 ms\"",
            "<failure type=\"limit\"");
  }

  @Test
  void theSummaryBeginsWithTheAnswerThenWhatWasMissedThenTables() throws IOException {
    String markdown = text(ReportForms.ALL.markdown(), ASKED);

    assertThat(markdown.lines())
        .startsWith("### TCP or UDP?", "")
        .containsSubsequence(
            "### TCP or UDP?", "### What was asked", "### Round trip", "### Conclusions")
        .contains(
            "| cores | bytes |  | p50 | p90 | p99 | p99.9 | max | messages/s | what did not go well"
                + " |");
    assertThat(markdown).contains("- FAIL: \\<b\\>\\]\\]\\>").doesNotContain("<b>");
  }

  @Test
  void theSummaryOfARunWithoutLimitsSaysNothingOfThem() throws IOException {
    assertThat(text(ReportForms.ALL.markdown(), new Report(FULL, List.of())))
        .doesNotContain("What was asked");
  }

  @Test
  void aLineOfCsvIsATrialAndItsColumnsAreThoseOfJson() throws IOException {
    List<String> lines = text(ReportForms.ALL.csv(), ASKED).lines().toList();

    assertThat(lines).hasSize(1 + FULL.cells().size());
    assertThat(lines.getFirst())
        .startsWith("transport,variant,scenario,io,wait,threads,placement,sizeBytes,")
        .contains(",outcomes.ok,outcomes.lost,", ",serviceNs.p99,", ",messagesPerSecond")
        .doesNotContain("istogram");
    Cell first = FULL.cells().getFirst();
    assertThat(lines.get(1))
        .startsWith("tcp,tcp,setup,plain,block,")
        .contains("," + first.serviceNs().p50() + ",");
  }

  private static String text(Form<Report> form, Report report) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    form.write(report, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
