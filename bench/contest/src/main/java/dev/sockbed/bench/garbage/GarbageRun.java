package dev.sockbed.bench.garbage;

import dev.sockbed.bench.jmh.JmhRunner;
import dev.sockbed.common.linux.JvmFlags;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every way under JMH's profiler of garbage. */
public final class GarbageRun {
  private static final String BYTES = "gc.alloc.rate.norm";
  private static final TimeValue QUICK = TimeValue.milliseconds(100);

  private final List<Integer> cpus;
  private final boolean quick;
  private final PrintWriter progress;

  /**
   * A run that has not begun.
   *
   * @param cpus two processors, for the ends of the ways that need one each; or fewer, to leave all
   *     to the system
   * @param quick whether to show only that all of it works: what JMH itself leaves is then more
   *     than is to be found
   */
  public GarbageRun(List<Integer> cpus, boolean quick, PrintWriter progress) {
    this.cpus = List.copyOf(cpus);
    this.quick = quick;
    this.progress = progress;
  }

  /**
   * Runs all of it.
   *
   * @throws IllegalStateException if a way failed
   */
  public GarbageResult run() {
    GarbageResult result = new GarbageResult();
    List<GarbagePath> paths = GarbagePath.all();
    for (int i = 0; i < paths.size(); i++) {
      GarbagePath path = paths.get(i);
      progress.printf("%d of %d: %s%n", i + 1, paths.size(), path);
      progress.flush();
      add(result, path);
    }
    return result;
  }

  private void add(GarbageResult result, GarbagePath path) {
    TimeValue time = quick ? QUICK : TimeValue.seconds(path.seconds());
    TimeValue warmup = quick ? QUICK : TimeValue.seconds(path.warmupSeconds());
    Options options =
        new OptionsBuilder()
            .include(ExchangeGarbage.class.getName())
            .jvmArgs(JvmFlags.ALL.toArray(String[]::new))
            .param("work", path.work().name())
            .param("transport", path.transport().name())
            .param("waiting", path.waiting().toString())
            .param("io", path.io().label())
            .param("cpus", processors(path))
            // Starting a JVM for each would take most of a quick run's time.
            .forks(quick ? 0 : 1)
            .warmupTime(warmup)
            .measurementTime(time)
            .measurementIterations(path.iterations())
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    RunResult found = JmhRunner.runSingle(options, path.toString());
    IterationResult first =
        found.getBenchmarkResults().iterator().next().getIterationResults().iterator().next();
    double bytes = Objects.requireNonNull(first.getSecondaryResults().get(BYTES), BYTES).getScore();
    result.add(path, first.getMetadata().getAllOps(), bytes);
  }

  private String processors(GarbagePath path) {
    if (cpus.size() < 2) {
      return "free";
    }
    return cpus.get(0) + "," + cpus.get(path.apart() ? 1 : 0);
  }
}
