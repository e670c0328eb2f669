package dev.sockbed.bench.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.report.SampleReports;
import dev.sockbed.bench.output.StatusLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReportOptionsTest {
  @Test
  void progressSaysHowManyCasesAreDoneOfHowMany() {
    StringWriter terminal = new StringWriter();
    StringWriter table = new StringWriter();
    StatusLine status = new StatusLine(new PrintWriter(terminal), 80);
    Consumer<CaseResult> progress =
        new ReportOptions().progress(status, 43, new PrintWriter(table));

    progress.accept(SampleReports.result("echo/tcp/1.3/nul", CaseVerdict.PASS, null));
    progress.accept(SampleReports.result("echo/tcp/1.3/utf-8", CaseVerdict.FAIL, "changed"));

    assertThat(terminal.toString())
        .endsWith(StatusLine.WIPE + "2 of 43: FAIL echo/tcp/1.3/utf-8")
        .contains(StatusLine.WIPE + "1 of 43: PASS echo/tcp/1.3/nul");
    assertThat(table.toString())
        .startsWith("PASS         echo/tcp/1.3/nul\nFAIL         echo/tcp/1.3/utf-8\n")
        .contains("changed", "hint: ");
  }
}
