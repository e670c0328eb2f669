package dev.sockbed.bench.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix on terminals of several widths. */
@Tag("unit")
final class MatrixTextTest {
  private static final String LONG_ID = "echo/tcp/2.4/client-keeps-its-side-open-for-long";

  private static Matrix of(int reports) {
    return new Matrix(IntStream.range(0, reports).mapToObj(MatrixTextTest::report).toList());
  }

  private static CheckReport report(int number) {
    CaseVerdict verdict = number == 27 ? CaseVerdict.FAIL : CaseVerdict.PASS;
    return SampleReports.report(
        "implementation number " + number + " on a board with a long name",
        List.of(
            SampleReports.result(LONG_ID, verdict, "a byte changed"),
            SampleReports.result("echo/tcp/1.1/request", CaseVerdict.PASS, null)));
  }

  @ParameterizedTest(name = "{0} reports, {1} columns")
  @CsvSource({"1, 60", "5, 60", "30, 60", "30, 80", "60, 120", "60, 200"})
  void noLineIsLongerThanTheTerminalAndEveryReportHasItsMark(int reports, int width) {
    List<String> lines = of(reports).text(width).lines().toList();

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    String marks =
        String.join("", lines.stream().filter(line -> line.endsWith("  " + LONG_ID)).toList())
            .replaceAll("  " + LONG_ID + "| ", "");
    assertThat(marks).hasSize(reports).matches("[.F]+");
  }

  @Test
  void afterTwentySixReportsALetterIsNotGivenTwice() {
    List<String> lines = of(30).text(200).lines().toList();

    assertThat(lines).contains("AA implementation number 26 on a board with a long name: 2 pass");
    String head = lines.stream().filter(line -> line.contains("Y  Z  AA AB")).findFirst().get();
    String failed = lines.stream().filter(line -> line.endsWith(LONG_ID)).findFirst().get();
    assertThat(failed.indexOf('F')).isEqualTo(head.indexOf("AB"));
  }

  @Test
  void noMarksMeaningIsTornApart() {
    assertThat(of(2).text(60).lines())
        .contains(
            ". pass  c pass, but badly closed  n non-strict  F fail", "? inconclusive  s skipped");
  }
}
