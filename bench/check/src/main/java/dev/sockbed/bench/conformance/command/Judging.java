package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.run.Runner;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Interruption;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;

/**
 * Runs cases and reports, also when that is interrupted: then on what was judged until then.
 *
 * @param output where the findings go
 * @param terminal the command's
 * @param chosen how many cases there are
 */
record Judging(ReportOptions output, CommandLine terminal, int chosen) {
  /** A case that is broken off has to end the program that it started. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Runs the chosen cases. */
  @FunctionalInterface
  interface Cases {
    /** What came of each that was judged. */
    List<CaseResult> runBy(Runner runner) throws IOException, InterruptedException;
  }

  /**
   * Does it.
   *
   * @param parallel how many runs there are at a time
   * @param aftermath what ended so shortly before an interrupt does not count
   * @return the exit status
   */
  int report(
      CheckReport.Subject subject,
      CheckReport.Config config,
      int parallel,
      Duration aftermath,
      Cases cases)
      throws IOException, InterruptedException {
    PrintWriter err = terminal.getErr();
    Instant startedAt = Instant.now();
    try (StatusLine status = StatusLine.on(err, output.quiet())) {
      Runner runner =
          new Runner(
              Duration.ofNanos(config.timeoutNs()),
              config.repeat(),
              parallel,
              output.wireLog(),
              output.progress(status, chosen, terminal.getOut()));
      try (Interruption interruption = Interruption.watch(() -> runner.cancel(aftermath), GRACE)) {
        List<CaseResult> results = cases.runBy(runner);
        status.wipe();
        int answer =
            output.finish(
                Reporting.report(startedAt, subject, config, chosen, results), terminal.getOut());
        return interruption.interrupted() ? ExitStatus.INTERRUPTED : answer;
      }
    }
  }
}
