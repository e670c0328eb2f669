package dev.sockbed.bench.jmh;

import dev.sockbed.common.command.MissingException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH. By a lock it keeps two of itself from running on one machine, where each would slow the
 * other; only its message says that it is this lock that failed.
 */
public final class JmhRunner {
  private static final String LOCK = "JMH lock";

  private JmhRunner() {}

  /** Whether there is a benchmark to run, which JMH says only of one that may run now. */
  public static boolean hasBenchmarks(Options options) {
    return !BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
            List.copyOf(options.getIncludes()),
            List.copyOf(options.getExcludes()))
        .isEmpty();
  }

  /**
   * Runs all benchmarks that the options name.
   *
   * @throws MissingException if another JMH is running
   * @throws IllegalStateException if JMH fails otherwise
   */
  public static Collection<RunResult> run(Options options) {
    try {
      return new Runner(options).run();
    } catch (RunnerException e) {
      throw told(e, "JMH");
    }
  }

  /**
   * The same of options that name one benchmark.
   *
   * @param what it is, for the failure's message
   */
  public static RunResult runSingle(Options options, String what) {
    try {
      return new Runner(options).runSingle();
    } catch (RunnerException e) {
      throw told(e, what);
    }
  }

  private static RuntimeException told(RunnerException failure, String what) {
    return String.valueOf(failure.getMessage()).contains(LOCK)
        ? new MissingException(
            "another benchmark of JMH is running, and each would slow the other: wait for its end,"
                + " or set SOCKBED_JAVA_OPTS=-Djmh.ignoreLock=true")
        : new IllegalStateException(what, failure);
  }
}
