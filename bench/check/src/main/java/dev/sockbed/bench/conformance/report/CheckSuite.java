package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.output.JUnitSuite;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check's findings as a build server reads them: a test case for each case. A missed SHOULD is no
 * failure; it stands in the suite's output.
 */
public final class CheckSuite {
  private CheckSuite() {}

  /** The findings of a report. */
  public static JUnitSuite of(CheckReport report) {
    return new JUnitSuite(
        "sockbed check: " + report.subject().name(),
        report.startedAt(),
        report.cases().stream()
            .map(result ->
                new JUnitSuite.Case(
                    result.rule().replace('/', '.'),
                    result.id(),
                    result.durationNs(),
                    outcome(result)))
            .toList(),
        remarks(report));
  }

  /** A case failed by what was sent, or by how its connection ended. */
  private static JUnitSuite.Result outcome(CaseResult result) {
    String why = Objects.requireNonNullElse(result.why(), "");
    Closing closing = result.closing();
    if (result.verdict() == CaseVerdict.FAIL) {
      return new JUnitSuite.Failed(result.level().name(), why, details(result));
    }
    if (closing != null && closing.verdict() == CaseVerdict.FAIL) {
      return new JUnitSuite.Failed("close", "close: " + closing.how(), details(result));
    }
    boolean open =
        result.verdict() == CaseVerdict.SKIPPED || result.verdict() == CaseVerdict.INCONCLUSIVE;
    return open
        ? new JUnitSuite.Skipped(result.verdict().label() + ": " + why)
        : new JUnitSuite.Passed();
  }

  /** What is no failure, and worth a line: the strict schema has room for that behind all cases. */
  private static String remarks(CheckReport report) {
    return report.cases().stream()
        .filter(result -> result.verdict() == CaseVerdict.NON_STRICT)
        .map(result ->
            "%s NON-STRICT: %s\n%s"
                .formatted(
                    result.id(), Objects.requireNonNullElse(result.why(), ""), details(result)))
        .collect(Collectors.joining("\n"));
  }

  private static String details(CaseResult result) {
    return Stream.of(
            result.sentence(),
            result.expected() == null ? "" : "expected " + result.expected(),
            result.received() == null ? "" : "received " + result.received(),
            Hints.of(result).map(hint -> "hint: " + hint).orElse(""))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }
}
