package dev.sockbed.bench.command;

import dev.sockbed.common.command.MissingException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The lock by which JMH keeps two of itself from running on one machine, where each would slow the
 * other. Only its message says that it is what failed.
 */
final class JmhLock {
  private static final String NAME = "JMH lock";

  private JmhLock() {}

  /** Whether there is a benchmark to run, which JMH says only of one that may run now. */
  static boolean hasBenchmarks(Options options) {
    return !BenchmarkList.defaultList()
        .find(
            OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
            List.copyOf(options.getIncludes()),
            List.copyOf(options.getExcludes()))
        .isEmpty();
  }

  /** What to throw instead of a failure of JMH's. */
  static RuntimeException told(RunnerException failure) {
    return String.valueOf(failure.getMessage()).contains(NAME)
        ? new MissingException(
            "another benchmark of JMH is running, and each would slow the other: wait for its end,"
                + " or set SOCKBED_JAVA_OPTS=-Djmh.ignoreLock=true")
        : new IllegalStateException(failure);
  }
}
