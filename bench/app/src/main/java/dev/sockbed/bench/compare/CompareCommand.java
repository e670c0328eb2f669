package dev.sockbed.bench.compare;

import dev.sockbed.bench.limit.LimitOptions;
import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.command.RealLinks;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.load.ReplyLimit;
import dev.sockbed.bench.load.ReplyLimitProbe;
import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.bench.report.OutputOptions;
import dev.sockbed.bench.report.Report;
import dev.sockbed.bench.report.ResultsOutput;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Environment;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.workload.Need;
import dev.sockbed.bench.workload.Workload;
import dev.sockbed.bench.workload.WorkloadOptions;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.ClientSocketOptions;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Interruption;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code compare}: the main job. */
@Command(
    name = "compare",
    description = "Measures the same work over TCP and over UDP and says what differs.",
    footer = {
      "",
      "Without a target, echo servers are started for it in a JVM of their own, on loopback.",
      "",
      "Exit status: 0 done; with a need 1 if nothing meets it, and with --strict 5 if it can't be",
      "told; 1 if --max-p99, --max-loss or --min-rate were not kept; 3 a server failed.",
      "",
      "Examples:",
      "  ./sockbed compare  # a minute and a half",
      "  ./sockbed compare --for game  # which of them is good enough? half a minute",
      "  ./sockbed compare --for sensor --link 4g --must-arrive 99.9%%",
      "  ./sockbed compare --for file --size 4MiB --variants tcp,tcp+bbr,udp+retry",
      "  ./sockbed compare --size 200 --rate 20/s --deadline 150ms --link loss=5%%,delay=20ms",
      "  ./sockbed compare --quick  # half a minute",
      "  ./sockbed compare --json result.json",
      "  ./sockbed compare --only rtt --cpus 0,0  # both ends on one core",
      "  ./sockbed compare --quick --forks 5  # five times, in fresh JVMs",
      "  ./sockbed compare --only link --link wifi-poor",
      "  ./sockbed compare --full --only link  # losses and delays: two minutes",
      "  ./sockbed compare tcp://10.0.0.7:10000 udp://10.0.0.7:10000"
    })
public final class CompareCommand implements Callable<Integer> {
  /** After Ctrl-C: to end the step that runs and to write what was measured. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** A fork may take as long, and then what it measured is to be written. */
  private static final Duration FORKS_GRACE = GRACE.multipliedBy(2);

  @Spec private CommandSpec spec;
  @Mixin private TargetOptions targetOptions;
  @Mixin private WorkloadOptions workloadOptions;
  @Mixin private ProfileOptions profileOptions;
  @Mixin private ForkOptions forkOptions;
  @Mixin private ClientSocketOptions socketOptions;
  @Mixin private LinkPartOptions linkOptions;
  @Mixin private OutputOptions outputOptions;
  @Mixin private LimitOptions limits;

  @Option(
      names = "--cpus",
      paramLabel = "CLIENT,SERVER",
      converter = Values.Processors.class,
      description = {
        "The processor of each end, as in 0,1 or 0,0; only the client's if targets are",
        "named (Linux; default: one each, and round trips also with both on one)."
      })
  private List<Integer> cpus = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is random, order included (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    Map<Transport, Address> given = targetOptions.byTransport();
    refuseLocalEndOfOurServers(given.isEmpty());
    Need need = workloadOptions.need(linkOptions.spec());
    linkOptions.check(
        need != null,
        !given.isEmpty(),
        profileOptions.asksFor(ComparisonScenario.LINK),
        need != null || hasLinks(profileOptions.profile()));
    if (outputOptions.forms().wantsJUnit() && need == null && !limits.given()) {
      throw new UsageException(
          "--junit has no test cases without a need (--for) or a limit (--max-p99, --max-loss,"
              + " --min-rate)");
    }
    Asked planned = asked(need, given);
    Map<Transport, SocketConfig> sockets = sockets(need);
    tellWhatIsTooLittle(planned);
    LinkMode mode = planned.linkMode();
    if (mode != null && !forkOptions.isFork()) {
      RealLinks.tryOut(mode, err());
    }
    int forks = forkOptions.forks();
    try (ResultsOutput output = outputOptions.open("compare", spec.commandLine().getOut())) {
      Asked asked =
          planned.withTargets(TargetOptions.settled(given, socketOptions.local().endWithoutPort()));
      if (forks > 1) {
        ForkedRun forked = new ForkedRun(forks, forkArguments(asked.targets()), seed, GRACE);
        return compare(
            asked, new Work(forked::cancel, FORKS_GRACE, () -> null, forked::run), output);
      }
      if (!given.isEmpty()) {
        TargetOptions.preflight(asked.targets(), sockets);
      }
      SocketConfig tcp = Objects.requireNonNull(sockets.get(Transport.TCP));
      try (Servers servers =
          Servers.start(
              asked.targets(),
              asked.profile(),
              asked.placements(),
              tcp,
              socketOptions.system().forServer())) {
        Measurer measurer =
            new Measurer(servers.targets(), sockets, servers.process(), servers.bare(), seed);
        return compare(asked, inThisProcess(measurer, asked), output);
      }
    }
  }

  private Asked asked(@Nullable Need need, Map<Transport, Address> targets) {
    List<CpuPlacement> placements =
        targets.isEmpty()
            ? CpuPlacement.withOwnServer(cpus, socketOptions.tcp())
            : List.of(CpuPlacement.withNamedServer(cpus));
    if (need != null) {
      return new NeedPlan(workloadOptions, profileOptions, linkOptions.mode(), seed)
          .of(need, placements.getFirst());
    }
    Profile profile = profileOptions.profile();
    return new Asked(profile, null, placements, links(profile), null, targets);
  }

  /** A message of a need comes in one piece, however long. */
  private Map<Transport, SocketConfig> sockets(@Nullable Need need) {
    int least = need instanceof Workload workload ? workload.sizeBytes() : 0;
    Map<Transport, SocketConfig> sockets = new EnumMap<>(Transport.class);
    TcpConfig tcp = socketOptions.tcp();
    sockets.put(Transport.TCP, tcp.withReceiveLimit(Math.max(tcp.receiveLimit(), least)));
    UdpConfig udp = socketOptions.udp();
    sockets.put(
        Transport.UDP,
        udp.withReceiveLimit(
            Math.max(udp.receiveLimit(), Math.min(least, UdpConfig.LONGEST_DATAGRAM))));
    return sockets;
  }

  private void tellWhatIsTooLittle(Asked asked) {
    String tooFew = asked.tooFew();
    if (tooFew != null && !forkOptions.isFork()) {
      tell("warning: " + tooFew);
    }
  }

  private List<String> forkArguments(Map<Transport, Address> targets) {
    List<String> arguments =
        new ArrayList<>(ForkOptions.handedOn(spec.commandLine().getParseResult()));
    targets.values().forEach(target -> arguments.add(target.toString()));
    return arguments;
  }

  private Work inThisProcess(Measurer measurer, Asked asked) {
    List<Transport> transports = List.copyOf(measurer.targets().keySet());
    ComparisonRun run =
        new ComparisonRun(
            measurer,
            transports,
            asked.profile(),
            asked.placements(),
            asked.links(),
            asked.files(),
            forkOptions.rates(),
            seed);
    if (forkOptions.isFork()) {
      ForkOptions.atEndOfInput(measurer::cancel);
    }
    return new Work(
        measurer::cancel,
        GRACE,
        run::note,
        (status, cells) -> {
          run.run(
              new ComparisonProgress(status, asked.links(), System::nanoTime),
              cell -> cells.accept(forkOptions.mark(cell)));
          return ExitStatus.OK;
        });
  }

  private List<LinkPlan> links(Profile profile) {
    return targetOptions.none() && hasLinks(profile)
        ? LinkPlans.of(
            profile, linkOptions.spec(), linkOptions.mode(), seed, profileOptions.linkTrials())
        : List.of();
  }

  private void refuseLocalEndOfOurServers(boolean none) {
    if (none && socketOptions.local().any()) {
      throw new UsageException(
          "--local, --ipv4 and --ipv6 are for servers that are named: compare's own listen on"
              + " 127.0.0.1");
    }
  }

  private static boolean hasLinks(Profile profile) {
    return profile.scenarios().contains(ComparisonScenario.LINK);
  }

  private int compare(Asked asked, Work work, ResultsOutput output) throws IOException {
    List<Cell> cells = new ArrayList<>();
    Instant startedAt = Instant.now();
    Environment machine = ComparisonFile.environment(asked.placements(), socketOptions.waiting());
    SocketFailure failure = null;
    OptionalDouble repliesPerSecond = OptionalDouble.empty();
    int exitStatus = ExitStatus.OK;
    try (Interruption interruption = Interruption.watch(work.cancel(), work.grace())) {
      try (StatusLine status = StatusLine.on(err(), quiet)) {
        repliesPerSecond = replyLimit(asked.targets(), interruption::interrupted, status);
        exitStatus =
            work.body()
                .run(
                    status,
                    cell -> {
                      cells.add(cell);
                      output.cell(cell);
                    });
      } catch (SocketFailure e) {
        // Ctrl-C ends the servers too, which share the terminal; then it is no fault of theirs.
        failure = interruption.interrupted() ? null : e;
        if (failure != null && cells.isEmpty()) {
          throw failure;
        }
      }
      if (exitStatus != ExitStatus.OK && cells.isEmpty()) {
        return exitStatus; // A fork has said why.
      }
      String note = work.note().get();
      if (note != null && forkOptions.isFork()) {
        tell("warning: " + note); // Who reads what a fork measures reads cells only.
      }
      Environment environment = note == null ? machine : machine.withWarning(note);
      Results results =
          new ComparisonFile(
                  asked,
                  socketOptions,
                  profileOptions.trials(),
                  forkOptions.forks(),
                  seed,
                  linkOptions.mode())
              .of(startedAt, environment, cells, repliesPerSecond);
      List<Requirement> asks = limits.ofPoints(cells);
      output.finish(
          new Report(results, asks), Terminal.OUTPUT.textColumns(), Colours.ofThisProcess(), err());
      if (interruption.interrupted()) {
        tellInterrupted(cells.size());
        return ExitStatus.INTERRUPTED;
      }
      if (failure != null) {
        throw failure; // After what was measured until then.
      }
      return exitStatus != ExitStatus.OK
          ? exitStatus
          : CompareVerdict.status(results.workload(), workloadOptions.strict(), asks, this::tell);
    }
  }

  private void tellInterrupted(int measured) {
    if (!forkOptions.isFork()) {
      tell("interrupted: " + measured + " measurements were finished");
    }
  }

  /**
   * Before anything is measured, since a limit needs a second of rest to be seen.
   *
   * @param named the servers that the user named, or none
   */
  private OptionalDouble replyLimit(
      Map<Transport, Address> named, BooleanSupplier cancelled, StatusLine status)
      throws SocketFailure {
    Address udp = named.get(Transport.UDP);
    if (udp == null || forkOptions.isFork()) {
      return OptionalDouble.empty();
    }
    status.show("asking whether the server limits its replies");
    OptionalDouble limit =
        ReplyLimitProbe.at(udp, socketOptions.local().end(), ReplyLimitProbe.PER_SECOND, cancelled);
    limit.ifPresent(perSecond -> tell("warning: " + ReplyLimit.inWords(udp.toString(), perSecond)));
    return limit;
  }

  private void tell(String line) {
    err().println(line);
    err().flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
