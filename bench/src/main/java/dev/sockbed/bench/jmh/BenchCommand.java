package dev.sockbed.bench.jmh;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
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
      "  ./sockbed bench -rf json -rff result.json"
    })
public final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JMH-OPTION", arity = "0..*", description = "Options for JMH.")
  private String[] options = {};

  /** What is not ours is JMH's: its options are taken as they stand. */
  @Spec
  void letOptionsPass(CommandSpec spec) {
    spec.parser().unmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() throws IOException {
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
