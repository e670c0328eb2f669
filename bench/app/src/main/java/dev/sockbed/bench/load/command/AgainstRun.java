package dev.sockbed.bench.load.command;

import dev.sockbed.bench.diff.DiffOutput;
import dev.sockbed.bench.diff.DiffReport;
import dev.sockbed.bench.diff.ToleranceOptions;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.output.FormOptions;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Interruption;
import dev.sockbed.common.command.NetworkException;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.socket.Reachable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What {@code load --against} does: whether the second of two servers is slower. */
final class AgainstRun {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** What is said of one server only. */
  private static final List<String> OF_ONE_SERVER =
      List.of("--ndjson", "--out", "--open", "--max-p99", "--max-loss", "--min-rate");

  private static final List<String> OF_TWO_SERVERS =
      List.of("--tolerance", "--share-tolerance", "--strict");

  private final ParseResult given;
  private final PrintWriter out;
  private final PrintWriter err;
  private final ToleranceOptions tolerance;

  AgainstRun(CommandSpec spec, ToleranceOptions tolerance) {
    this.given = spec.commandLine().getParseResult();
    this.out = spec.commandLine().getOut();
    this.err = spec.commandLine().getErr();
    this.tolerance = tolerance;
  }

  /**
   * Refuses flags that say nothing of two servers, or of one.
   *
   * @param two whether there is a second server
   * @throws UsageException for the first of them that was given
   */
  void refuseOthers(boolean two) {
    for (String flag : two ? OF_ONE_SERVER : OF_TWO_SERVERS) {
      if (given.hasMatchedOption(flag)) {
        throw new UsageException(
            two ? flag + " does not go with --against" : flag + " goes with --against");
      }
    }
  }

  /**
   * Measures and tells.
   *
   * @param asked what the flags say of the first server
   * @param against the second one
   * @param trials how many turns were asked for
   * @param forms in which forms the comparison is written
   * @return the exit status
   */
  int run(LoadPlan asked, Address against, int trials, FormOptions forms, boolean quiet)
      throws IOException {
    int turns = given.hasMatchedOption("--trials") ? trials : TwoServers.DEFAULT_TURNS;
    if (turns < Comparison.FEWEST) {
      throw new UsageException(
          "--against takes at least %d turns, not --trials %d".formatted(Comparison.FEWEST, turns));
    }
    if (against.transport() != asked.target().transport()) {
      throw new UsageException(
          "%s and %s are of two transports, which compare sets against each other"
              .formatted(asked.target(), against));
    }
    DiffOutput output = DiffOutput.open(forms, out);
    boolean longAsAsked = given.hasMatchedOption("--duration") || given.hasMatchedOption("--count");
    LoadPlan plan = longAsAsked ? asked : asked.withStop(TwoServers.DEFAULT_STOP);
    LocalEnd local = plan.socket().shared().local();
    LoadPlan first = plan.withTarget(Reachable.settled(plan.target(), local));
    LoadPlan second = plan.withTarget(Reachable.settled(against.asTarget(), local));
    LoadCommand.preflight(first);
    LoadCommand.preflight(second);
    TwoServers servers = new TwoServers(first, second);
    try (Interruption interruption = Interruption.watch(servers::cancel, GRACE)) {
      LoadResult gone;
      try (StatusLine status = StatusLine.on(err, quiet)) {
        gone = servers.run(turns, done -> status.show(done + " of " + turns + " turns"));
      }
      DiffReport report = servers.report(tolerance.tolerance());
      if (servers.turns() > 0) {
        output.write(report, DiffReport.Pairs.TURNS, tolerance.strict(), List.of());
      }
      if (gone != null) {
        throw new NetworkException(Objects.requireNonNull(LoadVerdict.gone(gone)));
      }
      if (interruption.interrupted()) {
        err.println("interrupted after %d of %d turns".formatted(servers.turns(), turns));
        err.flush();
        return ExitStatus.INTERRUPTED;
      }
      return tolerance.status(report);
    }
  }
}
