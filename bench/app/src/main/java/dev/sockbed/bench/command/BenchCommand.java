package dev.sockbed.bench.command;

import dev.sockbed.bench.bare.BareServing;
import dev.sockbed.bench.cfloor.FloorRun;
import dev.sockbed.bench.garbage.GarbageRun;
import dev.sockbed.bench.jmh.JmhRunner;
import dev.sockbed.bench.link.measure.CapacityRun;
import dev.sockbed.bench.link.measure.CapacityTable;
import dev.sockbed.bench.load.Calibration;
import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.bench.peers.PeersRun;
import dev.sockbed.bench.result.Environment;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.Version;
import dev.sockbed.bench.scale.ScaleRun;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.CpuAffinity;
import dev.sockbed.common.linux.JvmFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The JMH benchmarks from the command line; JMH reads all options that are not ours. */
@Command(
    name = "bench",
    description =
        "Runs the JMH benchmarks, or one of five measurements of our own. All options but these"
            + " go to JMH.",
    footer = {
      "",
      "Examples:",
      "  ./sockbed bench -l  # list the benchmarks",
      "  ./sockbed bench -- -h  # JMH's own options",
      "  ./sockbed bench RoundTripLatency -p payload=128",
      "  ./sockbed bench 'TcpRoundTrip' -prof gc  # bytes allocated for each round trip",
      "  ./sockbed bench --peers  # ours beside other programs",
      "  ./sockbed bench --floor  # ours beside C",
      "  ./sockbed bench --scale  # 100 connections beside 10,000",
      "  ./sockbed bench --links  # what an emulated link carries",
      "  ./sockbed bench --garbage  # bytes allocated for a message, all ways",
      "  ./sockbed bench -rf json -rff result.json"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JMH-OPTION", arity = "0..*", description = "Options for JMH.")
  private String[] options = {};

  @Option(
      names = "--peers",
      description = {
        "Set our exchanges against bare channels, java.net and Netty, in turns,",
        "pinned, and print one table of the ratios. Some 20 minutes."
      })
  private boolean peers;

  @Option(
      names = "--floor",
      description = {
        "Set our exchanges against the same ones in C, in turns, and print one table of the",
        "ratios. Compiles its C loops where it runs. Some 7 minutes."
      })
  private boolean floor;

  @Option(
      names = "--scale",
      description = {
        "Measure 100 active connections beside up to 10,000 held ones, and what those",
        "cost the server. Some 6 minutes."
      })
  private boolean scale;

  @Option(
      names = "--garbage",
      description = "Count the bytes allocated for a message on every way. Some 10 minutes.")
  private boolean garbage;

  @Option(
      names = {"--links", "--link"},
      description = {
        "Measure how many packets a second the emulated links carry, and how punctually.",
        "Some 3 minutes."
      })
  private boolean link;

  @Option(
      names = "--rate",
      paramLabel = "N/s[,N/s...]",
      split = ",",
      defaultValue = "50000/s",
      converter = Values.Rate.class,
      description = "With --links: messages a second each way (default: ${DEFAULT-VALUE}).")
  private List<Double> rates = new ArrayList<>();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Values.PositiveDuration.class,
      description = "With --links: how long each time (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofSeconds(5);

  @Option(
      names = "--trials",
      paramLabel = "N",
      converter = Values.Count.class,
      description =
          "With --peers, --floor, --scale or --links: measure each N times, in turns (default: 5).")
  private @Nullable Integer trials;

  @Option(
      names = {"--size", "--payloads"},
      paramLabel = "BYTES[,BYTES...]",
      split = ",",
      defaultValue = "128",
      converter = Values.Size.class,
      description =
          "With --peers: bytes a message, or several sizes in turn (default: ${DEFAULT-VALUE}).")
  private List<Integer> payloads = new ArrayList<>();

  @Option(
      names = "--quick",
      description =
          "With --peers, --floor, --scale or --garbage: measure less, to see that all of it works:"
              + " a minute, and no good numbers.")
  private boolean quick;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = {
        "With --peers, --floor, --scale or --garbage: write the results as JSON; - is standard",
        "output, instead of the table."
      })
  private @Nullable String json;

  @Option(
      names = BareServing.FLAG,
      hidden = true,
      description = "Serve echoes on bare channels until standard input ends: the floor.")
  private @Nullable String serveBare;

  /** What is not ours is JMH's: its options are taken as they stand. */
  @Spec
  void letOptionsPass(CommandSpec spec) {
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() throws IOException {
    if (serveBare != null) {
      List<Integer> cpus =
          serveBare.isEmpty() ? List.of() : new Values.Processors().convert(serveBare);
      BareServing.run(cpus, spec.commandLine().getOut(), System.in);
      return ExitStatus.OK;
    }
    long own = Stream.of(peers, floor, scale, garbage, link).filter(Boolean::booleanValue).count();
    if (own > 1) {
      throw new UsageException("--peers, --floor, --scale, --garbage and --links: one at a time");
    }
    if ((own == 0 || link) && (quick || json != null)) {
      throw new UsageException("--quick and --json go with --peers, --floor, --scale or --garbage");
    }
    if (link) {
      return measureLinks();
    }
    if (own == 1) {
      return runOwn();
    }
    if (trials != null) {
      throw new UsageException(
          "--trials goes with --peers, --floor, --scale, --garbage or --links");
    }
    try {
      return run(new CommandLineOptions(options));
    } catch (CommandLineOptionException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private int runOwn() throws IOException {
    if (options.length > 0) {
      throw new UsageException(
          "--peers, --floor, --scale and --garbage take no options of JMH's: "
              + String.join(" ", options));
    }
    if (!BatchedIo.isAvailable()) {
      throw new MissingException(
          "bench --peers, --floor, --scale and --garbage need Linux, and Java's flag"
              + " --enable-native-access=ALL-UNNAMED, which ./sockbed sets");
    }
    TargetFile file =
        json == null || json.equals(STANDARD_OUTPUT)
            ? null
            : TargetFile.check("--json", Path.of(json));
    Environment environment = Calibration.measure();
    Instant startedAt = Instant.now();
    List<Integer> cpus = CpuAffinity.allowed().stream().limit(2).toList();
    PrintWriter progress = spec.commandLine().getErr();
    String job = peers ? "peers" : floor ? "floor" : scale ? "scale" : "garbage";
    BenchResult found =
        switch (job) {
          case "peers" ->
              BenchResult.of(new PeersRun(times(), payloads, cpus, quick, progress).run());
          case "floor" -> BenchResult.of(new FloorRun(times(), cpus, quick, progress).run());
          case "scale" -> BenchResult.of(new ScaleRun(times(), quick, progress).run());
          default -> BenchResult.of(new GarbageRun(cpus, quick, progress).run(), quick);
        };
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("trials", times());
    config.put("payloads", payloads);
    config.put("cpus", cpus);
    config.put("quick", quick);
    BenchReport report =
        new BenchReport(
            "sockbed/bench-" + job + "/1",
            new Results.Tool(Version.number(), Version.commit()),
            startedAt,
            ResultsFile.tree(environment),
            config,
            found.cells(),
            quick ? List.of() : found.goals());
    tell(file, report, found.text());
    return found.good() ? ExitStatus.OK : ExitStatus.BAD_ANSWER;
  }

  private int measureLinks() throws IOException {
    if (options.length > 0) {
      throw new UsageException("--links takes no options of JMH's: " + String.join(" ", options));
    }
    CapacityTable table =
        new CapacityRun(rates, duration, times(), spec.commandLine().getErr()).run();
    spec.commandLine().getOut().print(table.text());
    spec.commandLine().getOut().flush();
    return table.allCarried() ? ExitStatus.OK : ExitStatus.BAD_ANSWER;
  }

  private int times() {
    return trials != null ? trials : quick ? 1 : Comparison.FEWEST;
  }

  private void tell(@Nullable TargetFile file, BenchReport report, String table)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (STANDARD_OUTPUT.equals(json)) {
      out.print(ResultsFile.json(report));
    } else {
      out.print(table);
      report.goals().forEach(goal -> out.print(goal.line()));
    }
    out.flush();
    if (file != null) {
      byte[] bytes = ResultsFile.json(report).getBytes(StandardCharsets.UTF_8);
      file.write(stream -> stream.write(bytes));
    }
  }

  private static int run(CommandLineOptions options) throws IOException {
    Options ours = withOurDefaults(options);
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      new Runner(ours).list();
    } else if (options.shouldListWithParams()) {
      new Runner(ours).listWithParams(options);
    } else if (options.shouldListProfilers()) {
      options.listProfilers();
    } else if (options.shouldListResultFormats()) {
      options.listResultFormats();
    } else if (!JmhRunner.hasBenchmarks(ours)) {
      throw new UsageException("no benchmark has such a name; ./sockbed bench -l lists them");
    } else if (JmhRunner.run(ours).isEmpty()) {
      return ExitStatus.BAD_ANSWER;
    }
    return ExitStatus.OK;
  }

  /**
   * Where the user does not say otherwise, a benchmark whose own check failed ends the run, and
   * forks have the flags of all our JVMs.
   */
  private static Options withOurDefaults(CommandLineOptions options) {
    boolean fail = options.shouldFailOnError().orElse(true);
    Collection<String> flags = options.getJvmArgs().orElse(JvmFlags.ALL);
    return new OptionsBuilder()
        .parent(options)
        .shouldFailOnError(fail)
        .jvmArgs(flags.toArray(String[]::new))
        .build();
  }
}
