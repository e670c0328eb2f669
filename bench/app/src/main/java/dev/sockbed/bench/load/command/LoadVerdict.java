package dev.sockbed.bench.load.command;

import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.Rate;
import dev.sockbed.bench.report.Report;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.NetworkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether runs went well: what each has to show, then what the user asked for.
 *
 * @param interrupted whether they were ended before their time, and after what; or null
 * @param gone that the server was gone at the end, in words; or null
 * @param always what each run has to show
 * @param limits what the user asked for
 */
record LoadVerdict(
    @Nullable String interrupted,
    @Nullable String gone,
    List<Requirement> always,
    List<Requirement> limits) {

  /** Judges runs, which may be none if they were interrupted. */
  static LoadVerdict of(List<LoadResult> runs, boolean interrupted, List<Requirement> limits) {
    long sent = runs.stream().mapToLong(LoadResult::sent).sum();
    List<Requirement> always = new ArrayList<>();
    if (runs.stream().anyMatch(run -> run.rate() != null)) {
      always.add(new Requirement(null, "the rate is reached", first(runs, LoadVerdict::slow)));
    }
    always.add(
        new Requirement(
            null, "messages come back whole and in time", first(runs, LoadVerdict::silent)));
    return new LoadVerdict(
        interrupted ? "interrupted after " + sent + " messages" : null,
        first(runs, LoadVerdict::gone),
        always,
        limits);
  }

  private static @Nullable String first(
      List<LoadResult> runs, Function<LoadResult, @Nullable String> missed) {
    return runs.stream().map(missed).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** All of it as requirements, for a report. */
  List<Requirement> requirements() {
    List<Requirement> all = new ArrayList<>();
    all.add(new Requirement(null, "the run is whole", interrupted));
    all.add(new Requirement(null, "the server is there to the end", gone));
    all.addAll(always);
    all.addAll(limits);
    return all;
  }

  /**
   * The exit status.
   *
   * @param tell gets a line for each thing that is wrong
   * @throws NetworkException if the server was gone at the end
   */
  int status(Consumer<String> tell) {
    if (interrupted != null) {
      tell.accept(interrupted);
      return ExitStatus.INTERRUPTED;
    }
    if (gone != null) {
      throw new NetworkException(gone);
    }
    Optional<String> wrong = Report.missed(always).stream().findFirst();
    List<String> missed = wrong.map(List::of).orElseGet(() -> Report.missed(limits));
    missed.forEach(what -> tell.accept("FAIL: " + what));
    return missed.isEmpty() ? ExitStatus.OK : ExitStatus.BAD_ANSWER;
  }

  private static @Nullable String slow(LoadResult run) {
    Rate rate = run.rate();
    return rate == null || rate.limitedBy() == null
        ? null
        : "the rate was missed: " + rate.limitedBy();
  }

  private static @Nullable String silent(LoadResult run) {
    if (run.sent() == 0) {
      return "nothing was sent";
    }
    return run.outcomes().ok() == 0 ? "not one message came back whole and in time" : null;
  }

  /** That a run found its server gone at its end, in words; null if it did not. */
  static @Nullable String gone(LoadResult run) {
    if (run.connectionsGone() == 0) {
      return null;
    }
    LoadPlan plan = run.plan();
    boolean ofSome =
        plan.target().transport() == Transport.TCP && run.connectionsGone() < plan.connections();
    return ofSome
        ? "%d of %d connections to %s were gone at the end of the run, %s"
            .formatted(
                run.connectionsGone(), plan.connections(), plan.target(), LoadRun.SERVED_FEWER)
        : plan.target() + " was gone at the end of the run";
  }
}
