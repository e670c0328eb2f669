package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a report together. */
final class Reporting {
  private static final Pattern GUESS = Pattern.compile("it answers like (an? [^(:]+?)(?: \\(at|$)");

  private Reporting() {}

  /**
   * A report.
   *
   * @param chosen how many cases were to be run; fewer results mean that the rest was not
   */
  static CheckReport report(
      Instant startedAt,
      CheckReport.Subject subject,
      CheckReport.Config config,
      int chosen,
      List<CaseResult> cases)
      throws IOException {
    return new CheckReport(
        CheckReport.SCHEMA,
        new Results.Tool(Version.number(), Version.commit()),
        startedAt,
        subject,
        config,
        CheckReport.summary(cases),
        explanation(subject.role(), chosen, cases),
        cases);
  }

  /** One line for whoever pointed the checker at something else. */
  private static @Nullable String explanation(String role, int chosen, List<CaseResult> cases) {
    if (cases.size() < chosen) {
      return "Interrupted: %d of %d cases were judged.".formatted(cases.size(), chosen);
    }
    boolean good =
        cases.stream().anyMatch(result -> result.verdict() == Verdict.PASS && isEcho(result));
    if (good) {
      return null;
    }
    return cases.stream()
        .map(result -> Objects.requireNonNullElse(result.why(), ""))
        .map(GUESS::matcher)
        .filter(Matcher::find)
        .map(found -> "This is no echo " + role + ": it answers like " + found.group(1) + ".")
        .findFirst()
        .orElse(null);
  }

  private static boolean isEcho(CaseResult result) {
    return result.rule().matches("echo/(tcp|udp)/1\\.[13]");
  }
}
