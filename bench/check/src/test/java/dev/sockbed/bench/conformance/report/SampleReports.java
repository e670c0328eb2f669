package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Level;
import dev.sockbed.bench.conformance.WireEvent;
import dev.sockbed.bench.result.Results;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports that no checker wrote. */
public final class SampleReports {
  private SampleReports() {}

  /** A report of one case. */
  public static CheckReport report(String name, CaseVerdict verdict, @Nullable String why) {
    return report(name, List.of(result("echo/tcp/1.3/nul", verdict, why)));
  }

  static CheckReport report(String name, List<CaseResult> cases) {
    return new CheckReport(
        CheckReport.SCHEMA,
        new Results.Tool("0.1.0", null),
        Instant.parse("2026-11-23T06:00:00Z"),
        new CheckReport.Subject(name, "server", "tcp://127.0.0.1:10000", null),
        new CheckReport.Config(null, null, 20_000_000_000L, 1, 128),
        CheckReport.summary(cases),
        null,
        cases);
  }

  /** A case that ends by FIN if it passed, and by RST if not. */
  public static CaseResult result(String id, CaseVerdict verdict, @Nullable String why) {
    boolean good = verdict == CaseVerdict.PASS;
    return new CaseResult(
        id,
        id.substring(0, id.lastIndexOf('/')),
        Level.MUST,
        "The server MUST treat what it receives as bytes.",
        "server",
        "tcp",
        "NUL in front",
        verdict,
        why,
        good ? null : "00 41 (2 bytes)",
        good ? null : "41 (1 byte)",
        new Closing(good ? CaseVerdict.PASS : CaseVerdict.NON_STRICT, good ? "FIN" : "RST"),
        1,
        good ? 1 : 0,
        1_234_567,
        List.of("A sends 00 41"),
        List.of(new WireEvent(1_000, "A", "sent", 2, "00 41")));
  }
}
