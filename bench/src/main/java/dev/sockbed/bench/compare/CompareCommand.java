package dev.sockbed.bench.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sockbed.bench.load.Calibration;
import dev.sockbed.bench.report.Colours;
import dev.sockbed.bench.report.OutputOptions;
import dev.sockbed.bench.report.ResultsOutput;
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
import dev.sockbed.common.command.SocketOptions;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
      "  ./sockbed compare                            a minute and a half",
      "  ./sockbed compare --quick                    half a minute",
      "  ./sockbed compare --json result.json",
      "  ./sockbed compare tcp://10.0.0.7:10000 udp://10.0.0.7:10000"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

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
    try (ResultsOutput output = outputOptions.open("compare", spec.commandLine().getOut())) {
      if (!given.isEmpty()) {
        return compare(profile, sockets, given, output);
      }
      try (EchoServerProcess server = EchoServerProcess.start(LOOPBACK, socketOptions.tcp())) {
        return compare(profile, sockets, server.addresses(), output);
      }
    }
  }

  private Profile profile() {
    if (quick && full) {
      throw new UsageException("--quick and --full contradict each other");
    }
    return quick ? Profile.QUICK : full ? Profile.FULL : Profile.DEFAULT;
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
      Profile profile,
      Map<Transport, SocketConfig> sockets,
      Map<Transport, Address> addresses,
      ResultsOutput output)
      throws IOException {
    Measurer measurer = new Measurer(addresses, sockets, seed);
    ComparisonRun run = new ComparisonRun(measurer, List.copyOf(addresses.keySet()), profile, seed);
    List<Cell> cells = new ArrayList<>();
    Instant startedAt = Instant.now();
    Environment environment = Calibration.measure();
    try (Interruption interruption = Interruption.watch(measurer::cancel, GRACE)) {
      ProgressLine progress = progressLine();
      try {
        run.run(
            progress,
            cell -> {
              cells.add(cell);
              output.cell(cell);
            });
      } catch (SocketFailure e) {
        // Ctrl-C ends the servers too, which share the terminal; then it is no fault of theirs.
        if (!interruption.interrupted()) {
          throw e;
        }
      } finally {
        progress.done();
      }
      output.finish(
          results(startedAt, profile, addresses, environment, cells),
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

  private Results results(
      Instant startedAt,
      Profile profile,
      Map<Transport, Address> addresses,
      Environment environment,
      List<Cell> cells)
      throws IOException {
    Configuration configuration =
        new Configuration(
            profile.label(),
            targets.isEmpty() ? null : addresses.values().stream().map(Address::toString).toList(),
            seed,
            socketOptions.receiveLimit(),
            socketOptions.threads().label(),
            socketOptions.waiting().toString());
    return new Results(
        Results.COMPARE,
        new Results.Tool(Version.number(), Version.commit()),
        startedAt,
        ResultsFile.tree(environment),
        ResultsFile.tree(configuration),
        cells,
        Findings.of(cells, seed));
  }

  /**
   * The configuration in effect, every default spelled out.
   *
   * @param targets the echo servers that were named, or null if they were started for this
   */
  private record Configuration(
      String profile,
      @Nullable List<String> targets,
      long seed,
      int receiveLimitBytes,
      String threads,
      @JsonProperty("wait") String waiting) {}

  private ProgressLine progressLine() {
    boolean show = !quiet && Terminal.ERROR.isTerminal();
    return new ProgressLine(show ? err() : new PrintWriter(Writer.nullWriter()));
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
