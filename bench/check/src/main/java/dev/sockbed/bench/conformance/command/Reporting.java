package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static @Nullable String explanation(String role, int chosen, List<CaseResult> cases) {
    String told =
        Stream.of(interruption(chosen, cases), notRun(cases), otherProtocol(role, cases))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return told.isEmpty() ? null : told;
  }

  private static Optional<String> interruption(int chosen, List<CaseResult> cases) {
    return cases.size() == chosen
        ? Optional.empty()
        : Optional.of(
            "Interrupted: %d of %d cases %s judged."
                .formatted(cases.size(), chosen, cases.size() == 1 ? "was" : "were"));
  }

  /** One line for all that a death or a silence kept from being run. */
  private static Optional<String> notRun(List<CaseResult> cases) {
    List<CaseResult> left = cases.stream().filter(result -> result.runs() == 0).toList();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d of %d cases were %s.".formatted(left.size(), cases.size(), left.getFirst().why()));
  }

  /** One line for whoever pointed the checker at something else. */
  private static Optional<String> otherProtocol(String role, List<CaseResult> cases) {
    boolean good =
        cases.stream().anyMatch(result -> result.verdict() == CaseVerdict.PASS && isEcho(result));
    if (good) {
      return Optional.empty();
    }
    return cases.stream()
        .map(result -> Objects.requireNonNullElse(result.why(), ""))
        .map(GUESS::matcher)
        .filter(Matcher::find)
        .map(found -> "This is no echo " + role + ": it answers like " + found.group(1) + ".")
        .findFirst();
  }

  private static boolean isEcho(CaseResult result) {
    return result.rule().matches("echo/(tcp|udp)/1\\.[13]");
  }
}
