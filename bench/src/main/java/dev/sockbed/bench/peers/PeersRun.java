package dev.sockbed.bench.peers;

import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets the contestants take turns over all settings, and sets their times against ours. */
public final class PeersRun {
  private static final long SEED = 1;

  private final int trials;
  private final List<Integer> payloads;
  private final List<Integer> cpus;
  private final PrintWriter progress;

  /** The times of one contestant in one setting: microseconds a round, one a trial. */
  private final Map<Setting, Map<Contestant, double[]>> times = new LinkedHashMap<>();

  /**
   * A run that has not begun.
   *
   * @param trials how often each contestant has its turn; from {@link Comparison#FEWEST} on there
   *     are intervals
   * @param payloads bytes a message, each measured
   * @param cpus two processors: blocking ends share the first, since waking another one would be
   *     all that is seen; spinning ends have one each. Or none, to leave it to the system
   */
  public PeersRun(int trials, List<Integer> payloads, List<Integer> cpus, PrintWriter progress) {
    this.trials = trials;
    this.payloads = List.copyOf(payloads);
    this.cpus = List.copyOf(cpus);
    this.progress = progress;
  }

  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      int large = transport == Transport.UDP ? 256 : 1024;
      for (int payload : payloads) {
        for (int connections : new int[] {1, 16}) {
          settings.add(plain(transport, payload, WaitStrategy.BLOCK, connections, 1));
          settings.add(plain(transport, payload, WaitStrategy.BLOCK, connections, 64));
        }
        settings.add(plain(transport, payload, WaitStrategy.SPIN, 1, 1));
        settings.add(plain(transport, payload, WaitStrategy.BLOCK, 1, large));
        settings.add(new Setting(transport, payload, WaitStrategy.BLOCK, IoMode.BATCHED, 1, large));
      }
    }
    return settings;
  }

  private static Setting plain(
      Transport transport, int payload, WaitStrategy waiting, int connections, int window) {
    return new Setting(transport, payload, waiting, IoMode.PLAIN, connections, window);
  }

  /**
   * Runs all trials.
   *
   * @throws IllegalStateException if a contestant failed
   */
  public void run() {
    for (int trial = 0; trial < trials; trial++) {
      for (Setting setting : settings()) {
        List<Contestant> turn = new ArrayList<>(List.of(Contestant.values()));
        turn.removeIf(contestant -> !contestant.supports(setting));
        Collections.rotate(turn, trial);
        for (Contestant contestant : turn) {
          progress.printf("trial %d of %d: %s, %s%n", trial + 1, trials, setting, contestant);
          progress.flush();
          times.computeIfAbsent(setting, _ -> new EnumMap<>(Contestant.class))
                  .computeIfAbsent(contestant, _ -> new double[trials])[trial] =
              microsARound(contestant, setting);
        }
      }
    }
  }

  /** The median of one JVM's iterations. */
  private double microsARound(Contestant contestant, Setting setting) {
    try {
      RunResult result =
          new Runner(
                  new OptionsBuilder()
                      .include(PeerExchange.class.getName())
                      .param("contestant", contestant.name())
                      .param("transport", setting.transport().name())
                      .param("payload", String.valueOf(setting.payload()))
                      .param("waiting", setting.waiting().toString())
                      .param("io", setting.io().label())
                      .param("connections", String.valueOf(setting.connections()))
                      .param("window", String.valueOf(setting.window()))
                      .param("cpus", processors(setting))
                      .verbosity(VerboseMode.SILENT)
                      .shouldFailOnError(true)
                      .timeUnit(TimeUnit.MICROSECONDS)
                      .build())
              .runSingle();
      return median(
          result.getBenchmarkResults().iterator().next().getIterationResults().stream()
              .map(IterationResult::getPrimaryResult)
              .mapToDouble(one -> one.getScore())
              .toArray());
    } catch (RunnerException e) {
      throw new IllegalStateException(contestant.label() + " in: " + setting, e);
    }
  }

  private String processors(Setting setting) {
    if (cpus.size() < 2) {
      return "free";
    }
    int server = setting.waiting().blocksAtOnce() ? cpus.get(0) : cpus.get(1);
    return cpus.get(0) + "," + server;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The table: for each setting and contestant the time, messages a second and our ratio to it. */
  public String table() {
    StringBuilder table = new StringBuilder();
    String head = "| %-9s | %5s | %-5s | %-7s | %5s | %6s | %-8s | %10s | %11s | %-20s |%n";
    table.append(
        head.formatted(
            "transport",
            "bytes",
            "wait",
            "io",
            "conns",
            "window",
            "who",
            "µs a round",
            "messages/s",
            "our time / its time"));
    table.append("|---|---|---|---|---|---|---|---|---|---|\n");
    times.forEach((setting, contestants) ->
        contestants.forEach((contestant, micros) ->
            table.append(
                head.formatted(
                    setting.transport().scheme(),
                    setting.payload(),
                    setting.waiting(),
                    setting.io().label(),
                    setting.connections(),
                    setting.window(),
                    contestant.label(),
                    String.format(Locale.ROOT, "%.2f", median(micros)),
                    String.format(Locale.ROOT, "%,.0f", setting.messages() * 1e6 / median(micros)),
                    contestant == Contestant.SOCKBED
                        ? batchedGain(setting, micros)
                        : ratio(times(setting), micros)))));
    return table.toString();
  }

  private double[] times(Setting setting) {
    return Objects.requireNonNull(
        Objects.requireNonNull(times.get(setting)).get(Contestant.SOCKBED));
  }

  /** What batches gain over plain calls with the same window, both ours. */
  private String batchedGain(Setting setting, double[] micros) {
    if (setting.io() == IoMode.PLAIN) {
      return "";
    }
    Setting plain =
        plain(
            setting.transport(),
            setting.payload(),
            setting.waiting(),
            setting.connections(),
            setting.window());
    return "plain / this: " + ratio(times(plain), micros);
  }

  private static String ratio(double[] ours, double[] theirs) {
    Comparison comparison = Comparison.paired(ours, theirs, SEED);
    return comparison.low() == null || comparison.high() == null
        ? String.format(Locale.ROOT, "%.2f", comparison.ratio())
        : String.format(
            Locale.ROOT,
            "%.2f (%.2f to %.2f)",
            comparison.ratio(),
            comparison.low(),
            comparison.high());
  }
}
