package dev.sockbed.bench.load.command;

import dev.sockbed.bench.limit.LimitOptions;
import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.load.Calibration;
import dev.sockbed.bench.load.LoadConfig;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.NotAnEchoException;
import dev.sockbed.bench.load.PreflightCheck;
import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.bench.report.OutputOptions;
import dev.sockbed.bench.report.Report;
import dev.sockbed.bench.report.ResultsOutput;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Environment;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.Version;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.command.ClientSocketOptions;
import dev.sockbed.common.command.CpuOption;
import dev.sockbed.common.command.Interruption;
import dev.sockbed.common.command.NetworkException;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.socket.Reachable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code load}: one run of the load generator. */
@Command(
    name = "load",
    description = "Sends messages to an echo server on a schedule and accounts for each of them.",
    footer = {
      "",
      "With --rate the clock sets the pace, whatever the server does; response times and the",
      "deadline count from the moment at which a message was meant to be sent, and shares"
          + " are of",
      "the messages that were due. With --window, or neither, the replies set the pace.",
      "",
      "Examples:",
      "  ./sockbed load udp://127.0.0.1:10000 --rate 1000/s",
      "  ./sockbed load tcp://127.0.0.1:10000 --window 64 --connections 4 --size 16,64,128",
      "  ./sockbed load udp://10.0.0.7:10000 --rate 200/s --arrival poisson --duration 1m",
      "  ./sockbed load udp://127.0.0.1:10000 --rate 1000/s --max-p99 1ms --max-loss 0.1%%",
      "  ./sockbed load udp://127.0.0.1:10000 --against udp://127.0.0.1:10001",
      "",
      "Exit status: 1 if the rate was missed, no message came back whole and in time, what"
          + " --max-p99, --max-loss or --min-rate ask for was not reached, or the server of"
          + " --against is slower or loses more; 3 if a server can't be reached, is no echo"
          + " server, or was gone at the end."
    })
public final class LoadCommand implements Callable<Integer> {
  /** After Ctrl-C: to wait for the last replies and to write what was measured. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  static final String SCENARIO = "load";

  /** Who answers at all is let in, also where each answer will be late. */
  private static final Duration LEAST_KNOCK_PATIENCE = Duration.ofSeconds(2);

  private static final int MOST_TRIALS = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private PlanOptions planOptions;
  @Mixin private ClientSocketOptions socketOptions;
  @Mixin private CpuOption cpus;
  @Mixin private OutputOptions outputOptions;
  @Mixin private LimitOptions limits;
  @Mixin private AgainstOptions against;

  @Parameters(paramLabel = "ADDRESS", description = "The echo server, as in udp://127.0.0.1:10000.")
  private Address target;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.Count.class,
      description = {
        "Run the same load N times, so that diff can set two files against each other: that takes 6"
            + " (default: ${DEFAULT-VALUE})."
      })
  private int trials;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    LoadPlan asked = planOptions.plan(target, socketOptions, isGiven("--receive-limit"));
    if (trials > MOST_TRIALS) {
      throw new UsageException("--trials must be at most " + MOST_TRIALS + ", not " + trials);
    }
    if (trials > 1 || against.server() != null || asked.connections() > 1) {
      socketOptions.local().endWithoutPort();
    }
    Address second = against.server();
    AgainstRun againstRun = new AgainstRun(spec, against.tolerance());
    againstRun.refuseOthers(second != null);
    if (second != null) {
      cpus.pin();
      return againstRun.run(asked, second, trials, outputOptions.forms(), quiet);
    }
    try (ResultsOutput output = outputOptions.open("load", spec.commandLine().getOut())) {
      CpuOption.check(cpus.processors());
      // All connections go to the same server, also where its name stands for several addresses.
      LoadPlan plan =
          asked.withTarget(Reachable.settled(asked.target(), socketOptions.local().end()));
      preflight(plan);
      Environment environment = Calibration.measure();
      cpus.pin(); // The load's threads are started by this one.
      return run(plan, environment, output);
    }
  }

  /**
   * The floor, which only who reads the measurements again asks for, as {@code diff} does. Where it
   * can't be had, the load is measured all the same.
   */
  private @Nullable LoadFloor startFloor(ResultsOutput output) throws IOException {
    if (!output.keepsMeasurements()) {
      return null;
    }
    try {
      return LoadFloor.start(cpus.processors());
    } catch (SocketFailure e) {
      tellNoFloor(e);
      return null;
    }
  }

  private List<Cell> floor(@Nullable LoadFloor floor, int trial, Interruption interruption) {
    if (floor == null) {
      return List.of();
    }
    try {
      List<Cell> cells = floor.measure(trial, interruption::interrupted);
      return interruption.interrupted() ? List.of() : cells;
    } catch (SocketFailure e) {
      // Ctrl-C ends the servers too, which share the terminal.
      if (!interruption.interrupted()) {
        tellNoFloor(e);
      }
      return List.of();
    }
  }

  private void tellNoFloor(SocketFailure why) {
    tell("the floor is missing, by which diff tells what the machine lost: " + why.getMessage());
  }

  private int run(LoadPlan plan, Environment environment, ResultsOutput output) throws IOException {
    Instant startedAt = Instant.now();
    AtomicReference<@Nullable LoadRun> current = new AtomicReference<>();
    AtomicBoolean cancelled = new AtomicBoolean();
    Runnable cancel =
        () -> {
          cancelled.set(true);
          LoadRun run = current.get();
          if (run != null) {
            run.cancel();
          }
        };
    try (Interruption interruption = Interruption.watch(cancel, GRACE);
        LoadFloor floor = startFloor(output)) {
      List<LoadResult> results = new ArrayList<>();
      List<Cell> cells = new ArrayList<>();
      for (int trial = 1; trial <= trials && !over(results, interruption); trial++) {
        List<Cell> bare = floor(floor, trial, interruption);
        // A run holds room for all that it may have in flight, so there is one at a time.
        LoadRun run = new LoadRun(plan.withSeed(plan.seed() + trial - 1));
        current.set(run);
        if (cancelled.get()) {
          run.cancel(); // It may not have been there yet to be cancelled.
        }
        LoadResult result;
        try (StatusLine status = StatusLine.on(err(), quiet)) {
          result = run.run((elapsed, total, sent) -> show(status, elapsed, total, sent));
        }
        current.set(null);
        results.add(result);
        List<Cell> measured = new ArrayList<>(List.of(result.toCell(SCENARIO, trial, null)));
        measured.addAll(bare);
        for (Cell each : measured) {
          output.cell(each);
        }
        cells.addAll(measured);
      }
      Optional<String> limit =
          interruption.interrupted()
              ? Optional.empty()
              : LimitedReplies.after(
                  plan, results, socketOptions.local().end(), interruption::interrupted);
      limit.ifPresent(sentence -> tell("warning: " + sentence));
      Environment known = limit.map(environment::withWarning).orElse(environment);
      LoadVerdict verdict = LoadVerdict.of(results, interruption.interrupted(), limits(cells));
      output.finish(
          new Report(results(plan, known, startedAt, cells), verdict.requirements()),
          Terminal.OUTPUT.textColumns(),
          Colours.ofThisProcess(),
          err());
      return verdict.status(this::tell);
    }
  }

  /** Whether no further trial is to be made: there is nobody to make it with, or it was stopped. */
  private static boolean over(List<LoadResult> results, Interruption interruption) {
    return interruption.interrupted()
        || results.stream().anyMatch(result -> result.connectionsGone() > 0 || result.cancelled());
  }

  /** Makes sure that an echo server is there. */
  static void preflight(LoadPlan plan) throws IOException {
    try {
      Duration deadline = plan.deadline();
      PreflightCheck.at(
          plan.target(),
          plan.socket(),
          deadline.compareTo(LEAST_KNOCK_PATIENCE) < 0 ? LEAST_KNOCK_PATIENCE : deadline);
    } catch (NotAnEchoException e) {
      throw new NetworkException(String.valueOf(e.getMessage()));
    }
  }

  private Results results(
      LoadPlan plan, Environment environment, Instant startedAt, List<Cell> cells)
      throws IOException {
    return new Results(
        Results.LOAD,
        new Results.Tool(Version.number(), Version.commit()),
        startedAt,
        ResultsFile.tree(environment),
        ResultsFile.tree(LoadConfig.of(plan, cpus.processors(), trials)),
        cells,
        List.of());
  }

  private List<Requirement> limits(List<Cell> cells) {
    List<Cell> ofLoad = cells.stream().filter(cell -> cell.scenario().equals(SCENARIO)).toList();
    return ofLoad.isEmpty() ? List.of() : limits.ofLoad(ofLoad);
  }

  private boolean isGiven(String flag) {
    return spec.commandLine().getParseResult().hasMatchedOption(flag);
  }

  private void tell(String line) {
    err().println(line);
    err().flush();
  }

  private static void show(StatusLine status, long elapsedNanos, long totalNanos, long sent) {
    if (totalNanos == 0) {
      status.show(Duration.ofNanos(elapsedNanos).toSeconds() + " s: " + sent + " sent");
    } else {
      status.showLeft(Duration.ofNanos(totalNanos - elapsedNanos), sent + " sent");
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
