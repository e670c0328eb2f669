package dev.sockbed.bench.jmh;

import dev.sockbed.bench.peers.PeersRun;
import dev.sockbed.bench.scale.ScaleRun;
import dev.sockbed.bench.scale.ScaleTable;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.CpuAffinity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The JMH benchmarks from the command line; JMH reads all the options. */
@Command(
    name = "bench",
    description = "Runs the JMH benchmarks. All options but --help go to JMH.",
    footer = {
      "",
      "Examples:",
      "  ./sockbed bench -l                            list the benchmarks",
      "  ./sockbed bench -- -h                         JMH's own options",
      "  ./sockbed bench RoundTripLatency -p payload=128",
      "  ./sockbed bench 'TcpRoundTrip' -prof gc       bytes allocated for each round trip",
      "  ./sockbed bench --peers                       ours beside other programs",
      "  ./sockbed bench --scale                       100 connections beside 10,000",
      "  ./sockbed bench -rf json -rff result.json"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int ACTIVE = 100;
  private static final Duration ACTIVE_FOR = Duration.ofSeconds(4);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JMH-OPTION", arity = "0..*", description = "Options for JMH.")
  private String[] options = {};

  @Option(
      names = "--peers",
      description = {
        "Set our exchanges against bare channels, java.net and Netty, in turns,",
        "pinned, and print one table of the ratios. Some 15 minutes."
      })
  private boolean peers;

  @Option(
      names = "--scale",
      description = {
        "Measure 100 active connections beside up to 10,000 held ones, and what those",
        "cost the server. Some 6 minutes."
      })
  private boolean scale;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "5",
      converter = Values.Count.class,
      description =
          "With --peers or --scale: how often each has its turn (default: ${DEFAULT-VALUE}).")
  private int trials = Comparison.FEWEST;

  @Option(
      names = "--payloads",
      paramLabel = "BYTES[,BYTES...]",
      split = ",",
      defaultValue = "128",
      converter = Values.Size.class,
      description = "With --peers: the sizes of messages (default: ${DEFAULT-VALUE}).")
  private List<Integer> payloads = new ArrayList<>();

  /** What is not ours is JMH's: its options are taken as they stand. */
  @Spec
  void letOptionsPass(CommandSpec spec) {
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() throws IOException {
    if (peers || scale) {
      if (options.length > 0) {
        throw new UsageException(
            "--peers and --scale take no options of JMH's: " + String.join(" ", options));
      }
      return peers ? comparePeers() : measureScale();
    }
    try {
      return run(new CommandLineOptions(options));
    } catch (CommandLineOptionException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (NoBenchmarksException e) {
      throw new UsageException("no benchmark has such a name; ./sockbed bench -l lists them");
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private int comparePeers() {
    if (!BatchedIo.isAvailable()) {
      throw new MissingException("bench --peers needs Linux, as Netty's epoll does");
    }
    List<Integer> cpus = CpuAffinity.allowed().stream().limit(2).toList();
    PeersRun run = new PeersRun(trials, payloads, cpus, spec.commandLine().getErr());
    run.run();
    spec.commandLine().getOut().print(run.table());
    spec.commandLine().getOut().flush();
    return ExitStatus.OK;
  }

  private int measureScale() throws IOException {
    if (!BatchedIo.isAvailable()) {
      throw new MissingException("bench --scale looks into /proc, which only Linux has");
    }
    ScaleTable table = new ScaleRun(trials, ACTIVE, ACTIVE_FOR, spec.commandLine().getErr()).run();
    spec.commandLine().getOut().print(table.text());
    spec.commandLine().getOut().flush();
    return table.allBack() ? ExitStatus.OK : ExitStatus.BAD_ANSWER;
  }

  private static int run(CommandLineOptions options) throws IOException, RunnerException {
    Runner runner = new Runner(failingOnError(options));
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      runner.list();
    } else if (options.shouldListWithParams()) {
      runner.listWithParams(options);
    } else if (options.shouldListProfilers()) {
      options.listProfilers();
    } else if (options.shouldListResultFormats()) {
      options.listResultFormats();
    } else if (runner.run().isEmpty()) {
      return ExitStatus.BAD_ANSWER;
    }
    return ExitStatus.OK;
  }

  /** A benchmark whose own check failed must end the run, unless the user says otherwise. */
  private static Options failingOnError(CommandLineOptions options) {
    boolean fail = options.shouldFailOnError().orElse(true);
    return new OptionsBuilder().parent(options).shouldFailOnError(fail).build();
  }
}
