package dev.sockbed.bench.peers;

import dev.sockbed.bench.jmh.JmhRunner;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.JvmFlags;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets the contestants take turns over all settings. */
public final class PeersRun {
  private static final TimeValue QUICK = TimeValue.milliseconds(50);

  private final int trials;
  private final List<Integer> payloads;
  private final List<Integer> cpus;
  private final boolean quick;
  private final PrintWriter progress;

  /**
   * A run that has not begun.
   *
   * @param trials how often each contestant has its turn; from {@link Comparison#FEWEST} on there
   *     are intervals
   * @param payloads bytes a message, each measured
   * @param cpus two processors: blocking ends share the first, since waking another one would be
   *     all that is seen; spinning ends have one each. Or fewer, to leave it to the system
   * @param quick whether to show only that all of it works
   */
  public PeersRun(
      int trials, List<Integer> payloads, List<Integer> cpus, boolean quick, PrintWriter progress) {
    this.trials = trials;
    this.payloads = List.copyOf(payloads);
    this.cpus = List.copyOf(cpus);
    this.quick = quick;
    this.progress = progress;
  }

  /**
   * Runs all trials.
   *
   * @throws IllegalStateException if a contestant failed
   */
  public PeersResult run() {
    PeersResult result = new PeersResult();
    for (int trial = 0; trial < trials; trial++) {
      for (Setting setting : settings()) {
        List<Contestant> turn = new ArrayList<>(List.of(Contestant.values()));
        turn.removeIf(contestant -> !contestant.supports(setting));
        Collections.rotate(turn, trial);
        for (Contestant contestant : turn) {
          progress.printf(
              "trial %d of %d: %s, %s%n", trial + 1, trials, setting, contestant.label());
          progress.flush();
          result.add(setting, contestant, trial(contestant, setting));
        }
      }
    }
    return result;
  }

  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      payloads.forEach(payload -> settings.addAll(Setting.matrix(transport, payload)));
    }
    return settings;
  }

  private Trial trial(Contestant contestant, Setting setting) {
    RunResult result =
        JmhRunner.runSingle(options(contestant, setting), contestant.label() + " in: " + setting);
    Collection<IterationResult> iterations =
        result.getBenchmarkResults().iterator().next().getIterationResults();
    return new Trial(
        Median.withDefaults()
            .evaluate(
                iterations.stream()
                    .mapToDouble(one -> score(one.getSecondaryResults().get(RoundTimes.P50)))
                    .toArray()),
        Median.withDefaults()
            .evaluate(
                iterations.stream().mapToDouble(one -> score(one.getPrimaryResult())).toArray()));
  }

  private static double score(@SuppressWarnings("rawtypes") @Nullable Result result) {
    return Objects.requireNonNull(result).getScore();
  }

  private Options options(Contestant contestant, Setting setting) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(PeerExchange.class.getName())
            .jvmArgs(JvmFlags.ALL.toArray(String[]::new))
            .param("contestant", contestant.name())
            .param("transport", setting.transport().name())
            .param("payload", String.valueOf(setting.payload()))
            .param("waiting", setting.waiting().toString())
            .param("io", setting.io().label())
            .param("connections", String.valueOf(setting.connections()))
            .param("window", String.valueOf(setting.window()))
            .param("placement", setting.placement().name())
            .param("cpus", processors())
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    // Starting a JVM for each would take most of the time.
    return quick
        ? options
            .forks(0)
            .warmupIterations(1)
            .warmupTime(QUICK)
            .measurementIterations(1)
            .measurementTime(QUICK)
            .build()
        : options.build();
  }

  private String processors() {
    return cpus.size() < 2
        ? "free"
        : cpus.stream().limit(2).map(String::valueOf).collect(Collectors.joining(","));
  }
}
