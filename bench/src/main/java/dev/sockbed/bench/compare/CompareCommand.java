package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.command.LinkModeConverter;
import dev.sockbed.bench.link.command.LinkSpecConverter;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.load.Calibration;
import dev.sockbed.bench.load.Knock;
import dev.sockbed.bench.load.NotAnEchoException;
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
import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Interruption;
import dev.sockbed.common.command.NetworkException;
import dev.sockbed.common.command.SocketOptions;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.linux.CpuAffinity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code compare}: the main job. */
@Command(
    name = "compare",
    description = "Measures the same work over TCP and over UDP and says what differs.",
    footer = {
      "",
      "Without a target, echo servers are started for it in a JVM of their own, on loopback.",
      "",
      "Examples:",
      "  ./sockbed compare                            a minute and a half",
      "  ./sockbed compare --quick                    half a minute",
      "  ./sockbed compare --json result.json",
      "  ./sockbed compare --only rtt --cpus 0,0      both ends on one core",
      "  ./sockbed compare --only link --link wifi-poor",
      "  ./sockbed compare tcp://10.0.0.7:10000 udp://10.0.0.7:10000"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  private static final Duration KNOCK_PATIENCE = Duration.ofSeconds(2);

  /** After Ctrl-C: to end the step that runs and to write what was measured. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;
  @Mixin private SocketOptions socketOptions;
  @Mixin private OutputOptions outputOptions;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..2",
      description = "Echo servers that run already, one a transport, as in tcp://10.0.0.7:10000.")
  private List<String> targets = new ArrayList<>();

  @Option(names = "--quick", description = "Measure less: half a minute.")
  private boolean quick;

  @Option(names = "--full", description = "Measure more: some minutes.")
  private boolean full;

  @Option(
      names = "--only",
      paramLabel = "SCENARIO",
      split = ",",
      converter = ScenarioConverter.class,
      description = {
        "Measure these scenarios only, as in rtt,throughput: setup, rtt,",
        "throughput, offered-load, receive-limit, connections, link."
      })
  private Set<Scenario> only = EnumSet.allOf(Scenario.class);

  @Option(
      names = "--trials",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "Measure each point so often: more make intervals narrower.")
  private @Nullable Integer trials;

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
    Profile profile = profile();
    Map<Transport, SocketConfig> sockets = new EnumMap<>(Transport.class);
    for (Transport transport : Transport.values()) {
      sockets.put(transport, socketOptions.of(transport));
    }
    Map<Transport, Address> given = givenTargets();
    if (link != null && !given.isEmpty()) {
      throw new UsageException(
          "--link puts a bad network before servers of its own; before a server that runs already"
              + " use the command link");
    }
    List<Placement> placements =
        given.isEmpty()
            ? Placement.withOwnServer(cpus, socketOptions.tcp())
            : List.of(Placement.withNamedServer(cpus));
    try (ResultsOutput output = outputOptions.open("compare", spec.commandLine().getOut())) {
      if (!given.isEmpty()) {
        for (Address target : given.values()) {
          knock(target, socketOptions.of(target.transport()));
        }
        return compare(profile, placements, new Measurer(given, sockets, null, seed), output);
      }
      List<Integer> serverCpus = placements.getFirst().serverCpus();
      try (EchoServerProcess server =
          EchoServerProcess.start(LOOPBACK, socketOptions.tcp(), serverCpus)) {
        Measurer measurer = new Measurer(server.addresses(), sockets, server.process(), seed);
        return compare(profile, placements, measurer, output);
      }
    }
  }

  private static void knock(Address target, SocketConfig socket) throws IOException {
    try {
      Knock.at(target, socket, KNOCK_PATIENCE);
    } catch (NotAnEchoException e) {
      throw new NetworkException(String.valueOf(e.getMessage()));
    }
  }

  private Profile profile() {
    if (quick && full) {
      throw new UsageException("--quick and --full contradict each other");
    }
    Profile profile = quick ? Profile.QUICK : full ? Profile.FULL : Profile.DEFAULT;
    return (trials == null ? profile : profile.withTrials(trials)).only(only);
  }

  /** One target stands for both transports, as {@code serve} listens on the same port for both. */
  private Map<Transport, Address> givenTargets() {
    Map<Transport, Address> given = new EnumMap<>(Transport.class);
    List<Address> parsed = targets.stream().map(CompareCommand::address).toList();
    for (Address target : parsed) {
      if (given.put(target.transport(), target) != null) {
        throw new UsageException(
            "two targets over " + target.transport().scheme() + ": give one a transport");
      }
    }
    if (!parsed.isEmpty()) {
      for (Transport transport : Transport.values()) {
        given.computeIfAbsent(transport, parsed.getFirst()::withTransport);
      }
    }
    return given;
  }

  /** Read here, since the command line takes a second operand that it can't read for unknown. */
  private static Address address(String text) {
    try {
      return Address.parse(text).asTarget();
    } catch (AddressSyntaxException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private int compare(
      Profile profile, List<Placement> placements, Measurer measurer, ResultsOutput output)
      throws IOException {
    List<Transport> transports = List.copyOf(measurer.targets().keySet());
    boolean overLinks = targets.isEmpty() && profile.scenarios().contains(Scenario.LINK);
    List<LinkPlan> links = overLinks ? LinkPlans.of(profile, link, linkMode, seed) : List.of();
    ComparisonRun run = new ComparisonRun(measurer, transports, profile, placements, links, seed);
    List<Cell> cells = new ArrayList<>();
    Instant startedAt = Instant.now();
    Environment environment = environment(placements);
    try (Interruption interruption = Interruption.watch(measurer::cancel, GRACE)) {
      try (StatusLine status = statusLine()) {
        run.run(
            new ProgressLine(status),
            cell -> {
              cells.add(cell);
              output.cell(cell);
            });
      } catch (SocketFailure e) {
        // Ctrl-C ends the servers too, which share the terminal; then it is no fault of theirs.
        if (!interruption.interrupted()) {
          throw e;
        }
      }
      Configuration configuration = configuration(profile, placements, links, measurer);
      output.finish(
          results(startedAt, configuration, environment, cells),
          Terminal.columns(System.getenv()),
          Colours.ofThisProcess(),
          err());
      if (interruption.interrupted()) {
        err().println("interrupted: " + cells.size() + " measurements were finished");
        err().flush();
        return ExitStatus.INTERRUPTED;
      }
      return ExitStatus.OK;
    }
  }

  /** The machine, with a warning if it leaves open what changes times the most. */
  private static Environment environment(List<Placement> placements) {
    Environment environment = Calibration.measure();
    return placements.equals(List.of(Placement.ANYWHERE)) && !CpuAffinity.isAvailable()
        ? environment.withWarning(
            "threads can't be kept to processors here: where the system puts client and server may"
                + " change times more than the transport does")
        : environment;
  }

  private Results results(
      Instant startedAt, Configuration configuration, Environment environment, List<Cell> cells)
      throws IOException {
    return new Results(
        Results.COMPARE,
        new Results.Tool(Version.number(), Version.commit()),
        startedAt,
        ResultsFile.tree(environment),
        ResultsFile.tree(configuration),
        cells,
        Findings.of(cells, seed));
  }

  private Configuration configuration(
      Profile profile, List<Placement> placements, List<LinkPlan> links, Measurer measurer) {
    return new Configuration(
        profile.label(),
        profile.scenarios().stream().map(Scenario::label).toList(),
        trials,
        targets.isEmpty()
            ? null
            : measurer.targets().values().stream().map(Address::toString).toList(),
        seed,
        socketOptions.receiveLimit(),
        socketOptions.threads().label(),
        socketOptions.waiting().toString(),
        socketOptions.io().label(),
        placements,
        links.stream().map(plan -> plan.spec().toString()).toList(),
        linkMode.label());
  }

  private StatusLine statusLine() {
    boolean show = !quiet && Terminal.ERROR.isTerminal();
    return new StatusLine(show ? err() : new PrintWriter(Writer.nullWriter()));
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Reads the name of a scenario. */
  static final class ScenarioConverter implements ITypeConverter<Scenario> {
    @Override
    public Scenario convert(String text) {
      return Arrays.stream(Scenario.values())
          .filter(scenario -> scenario.label().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "no scenario is called '"
                      + text
                      + "': there are "
                      + Arrays.stream(Scenario.values())
                          .map(Scenario::label)
                          .collect(Collectors.joining(", "))));
    }
  }
}
