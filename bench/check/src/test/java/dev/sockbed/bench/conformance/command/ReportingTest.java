package dev.sockbed.bench.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.report.SampleReports;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReportingTest {
  private static final CaseResult HTTP =
      SampleReports.result(
          "echo/tcp/1.1/request",
          CaseVerdict.FAIL,
          "byte 0 of 19 came back changed: it answers like an HTTP server (at: A gets it back)");

  @Test
  void aWholeCheckOfAnEchoServerNeedsNoExplanation() throws Exception {
    CaseResult good = SampleReports.result("echo/tcp/1.1/request", CaseVerdict.PASS, null);

    assertThat(report(1, good).explanation()).isNull();
  }

  @Test
  void aServerOfAnotherProtocolIsNamedAlsoWhenTheCheckWasInterrupted() throws Exception {
    String http = "This is no echo server: it answers like an HTTP server.";

    assertThat(report(1, HTTP).explanation()).isEqualTo(http);
    assertThat(report(43, HTTP).explanation())
        .isEqualTo("Interrupted: 1 of 43 cases was judged. " + http);
  }

  private static CheckReport report(int chosen, CaseResult... results) throws Exception {
    CheckReport sample = SampleReports.report("ours", CaseVerdict.PASS, null);
    return Reporting.report(
        Instant.EPOCH, sample.subject(), sample.config(), chosen, List.of(results));
  }
}
