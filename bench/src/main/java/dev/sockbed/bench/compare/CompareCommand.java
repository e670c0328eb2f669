package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.command.LinkModeConverter;
import dev.sockbed.bench.link.command.LinkSpecConverter;
import dev.sockbed.bench.link.command.RealLinks;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.load.Calibration;
import dev.sockbed.bench.report.Colours;
import dev.sockbed.bench.report.OutputOptions;
import dev.sockbed.bench.report.ResultsOutput;
import dev.sockbed.bench.report.StatusLine;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Environment;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.Version;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Interruption;
import dev.sockbed.common.command.SocketOptions;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.linux.CpuAffinity;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
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
      "Examples:",
      "  ./sockbed compare  # a minute and a half",
      "  ./sockbed compare --quick  # half a minute",
      "  ./sockbed compare --json result.json",
      "  ./sockbed compare --only rtt --cpus 0,0  # both ends on one core",
      "  ./sockbed compare --only link --link wifi-poor",
      "  ./sockbed compare --full --only link  # losses and delays: two minutes",
      "  ./sockbed compare tcp://10.0.0.7:10000 udp://10.0.0.7:10000"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  /** After Ctrl-C: to end the step that runs and to write what was measured. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;
  @Mixin private TargetOptions targetOptions;
  @Mixin private ProfileOptions profileOptions;
  @Mixin private SocketOptions socketOptions;
  @Mixin private OutputOptions outputOptions;

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
      names = "--link",
      paramLabel = "PRESET|SPEC",
      converter = LinkSpecConverter.class,
      description = {
        "The bad network of the link scenario: lan, wifi-good, wifi-poor, 4g, 3g, satellite,",
        "board, or words as in loss=5%%,delay=20ms (default: loss=2%%,delay=10ms)."
      })
  private @Nullable LinkSpec link;

  @Option(
      names = "--link-mode",
      paramLabel = "tun|relay|auto",
      defaultValue = "auto",
      converter = LinkModeConverter.class,
      description = "How it is made; see link --help (default: ${DEFAULT-VALUE}).")
  private LinkMode linkMode = LinkMode.AUTO;

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
    Profile profile = profileOptions.profile();
    Map<Transport, SocketConfig> sockets = new EnumMap<>(Transport.class);
    for (Transport transport : Transport.values()) {
      sockets.put(transport, socketOptions.of(transport));
    }
    Map<Transport, Address> given = targetOptions.byTransport();
    refuseLinksThatLeadNowhere(profile, !given.isEmpty());
    if (given.isEmpty() && hasLinks(profile)) {
      RealLinks.tryOut(linkMode, err());
    }
    List<Placement> placements =
        given.isEmpty()
            ? Placement.withOwnServer(cpus, socketOptions.tcp())
            : List.of(Placement.withNamedServer(cpus));
    try (ResultsOutput output = outputOptions.open("compare", spec.commandLine().getOut())) {
      if (!given.isEmpty()) {
        Map<Transport, Address> settled = TargetOptions.settled(given);
        TargetOptions.knock(settled, sockets);
        Measurer measurer = new Measurer(settled, sockets, null, seed);
        return compare(profile, placements, measurer, output);
      }
      List<Integer> serverCpus = placements.getFirst().serverCpus();
      try (EchoServerProcess server =
          EchoServerProcess.start(LOOPBACK, socketOptions.tcp(), serverCpus)) {
        Measurer measurer = new Measurer(server.addresses(), sockets, server.process(), seed);
        return compare(profile, placements, measurer, output);
      }
    }
  }

  private void refuseLinksThatLeadNowhere(Profile profile, boolean named) {
    if (named && (link != null || profileOptions.asksFor(Scenario.LINK))) {
      throw new UsageException(
          "a bad network is put before servers of compare's own; before a server that runs already"
              + " use the command link");
    }
    if (link != null && !hasLinks(profile)) {
      throw new UsageException("--link is for the scenario link, which --only leaves out");
    }
  }

  private static boolean hasLinks(Profile profile) {
    return profile.scenarios().contains(Scenario.LINK);
  }

  private int compare(
      Profile profile, List<Placement> placements, Measurer measurer, ResultsOutput output)
      throws IOException {
    List<Transport> transports = List.copyOf(measurer.targets().keySet());
    boolean overLinks = targetOptions.none() && hasLinks(profile);
    List<LinkPlan> links =
        overLinks
            ? LinkPlans.of(profile, link, linkMode, seed, profileOptions.linkTrials())
            : List.of();
    ComparisonRun run = new ComparisonRun(measurer, transports, profile, placements, links, seed);
    List<Cell> cells = new ArrayList<>();
    Instant startedAt = Instant.now();
    Environment machine = environment(placements, socketOptions.waiting());
    SocketFailure failure = null;
    OptionalDouble repliesPerSecond = OptionalDouble.empty();
    try (Interruption interruption = Interruption.watch(measurer::cancel, GRACE)) {
      try (StatusLine status = StatusLine.on(err(), quiet)) {
        repliesPerSecond = replyLimit(measurer, status);
        run.run(
            new ComparisonProgress(status, links, System::nanoTime),
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
      String note = run.note();
      Environment environment = note == null ? machine : machine.withWarning(note);
      Configuration configuration =
          configuration(profile, placements, links, measurer, repliesPerSecond);
      output.finish(
          results(startedAt, configuration, environment, cells, repliesPerSecond),
          Terminal.OUTPUT.textColumns(),
          Colours.ofThisProcess(),
          err());
      if (interruption.interrupted()) {
        err().println("interrupted: " + cells.size() + " measurements were finished");
        err().flush();
        return ExitStatus.INTERRUPTED;
      }
      if (failure != null) {
        throw failure; // After what was measured until then.
      }
      return ExitStatus.OK;
    }
  }

  /** The machine, with a warning if it leaves open what changes times the most. */
  private static Environment environment(List<Placement> placements, WaitStrategy waiting) {
    Environment environment = Calibration.measure();
    if (!waiting.equals(WaitStrategy.BLOCK) && Placement.oneProcessor(placements)) {
      return environment.withWarning(
          "both ends spin on one processor, so each keeps the other from running: times are those"
              + " of the system's scheduler");
    }
    return placements.equals(List.of(Placement.ANYWHERE)) && !CpuAffinity.isAvailable()
        ? environment.withWarning(
            "threads can't be kept to processors here: where the system puts client and server may"
                + " change times more than the transport does")
        : environment;
  }

  private Results results(
      Instant startedAt,
      Configuration configuration,
      Environment environment,
      List<Cell> cells,
      OptionalDouble repliesPerSecond)
      throws IOException {
    return new Results(
        Results.COMPARE,
        new Results.Tool(Version.number(), Version.commit()),
        startedAt,
        ResultsFile.tree(environment),
        ResultsFile.tree(configuration),
        cells,
        targetOptions.none()
            ? Findings.of(cells)
            : Findings.ofNamedServers(cells, repliesPerSecond));
  }

  private Configuration configuration(
      Profile profile,
      List<Placement> placements,
      List<LinkPlan> links,
      Measurer measurer,
      OptionalDouble repliesPerSecond) {
    return new Configuration(
        profile.label(),
        profile.scenarios().stream().map(Scenario::label).toList(),
        profileOptions.trials(),
        targetOptions.none()
            ? null
            : measurer.targets().values().stream().map(Address::toString).toList(),
        seed,
        socketOptions.receiveLimit(),
        socketOptions.threads().label(),
        socketOptions.waiting().toString(),
        socketOptions.io().label(),
        repliesPerSecond.isPresent() ? (Double) repliesPerSecond.getAsDouble() : null,
        placements,
        links.stream().map(plan -> plan.spec().toString()).toList(),
        linkMode.label());
  }

  /** Before anything is measured, since a limit needs a second of rest to be seen. */
  private OptionalDouble replyLimit(Measurer measurer, StatusLine status) throws SocketFailure {
    Address udp = measurer.targets().get(Transport.UDP);
    if (targetOptions.none() || udp == null) {
      return OptionalDouble.empty();
    }
    status.show("asking whether the server limits its replies");
    OptionalDouble limit = ReplyLimitProbe.at(udp, ReplyLimitProbe.PER_SECOND, measurer::cancelled);
    limit.ifPresent(perSecond -> {
      err().println("warning: " + LimitedServer.sentence(udp.toString(), perSecond));
      err().flush();
    });
    return limit;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
