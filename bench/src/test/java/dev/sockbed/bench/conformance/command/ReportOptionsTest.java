package dev.sockbed.bench.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.bench.conformance.report.SampleReports;
import dev.sockbed.bench.report.StatusLine;
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
    StatusLine status = new StatusLine(new PrintWriter(terminal), 80);
    Consumer<CaseResult> progress = new ReportOptions().progress(status, 43);

    progress.accept(SampleReports.result("echo/tcp/1.3/nul", Verdict.PASS, null));
    progress.accept(SampleReports.result("echo/tcp/1.3/utf-8", Verdict.FAIL, "changed"));

    assertThat(terminal.toString())
        .isEqualTo(
            StatusLine.WIPE
                + "1 of 43: PASS echo/tcp/1.3/nul"
                + StatusLine.WIPE
                + "2 of 43: FAIL echo/tcp/1.3/utf-8");
  }
}
