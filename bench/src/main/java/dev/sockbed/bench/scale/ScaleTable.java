package dev.sockbed.bench.scale;

import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.common.ThreadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What the trials found: one row for each number of held connections, medians of the trials. */
public final class ScaleTable {
  private static final long SEED = 1;

  /**
   * One trial's finding.
   *
   * @param held connections that say nothing
   * @param p50Ns median round trip of the active ones
   * @param p99Ns their 99th percentile
   * @param heapBytes the server's heap beyond that without held connections
   * @param residentBytes the same of its memory in all
   * @param threads the server's threads
   * @param descriptors the server's descriptors
   */
  record Sample(
      int held,
      long p50Ns,
      long p99Ns,
      long heapBytes,
      long residentBytes,
      int threads,
      int descriptors) {}

  private final Map<ThreadKind, List<List<Sample>>> trials = new EnumMap<>(ThreadKind.class);
  private boolean allBack = true;

  void add(ThreadKind threads, List<Sample> trial, boolean back) {
    trials.computeIfAbsent(threads, _ -> new ArrayList<>()).add(List.copyOf(trial));
    allBack &= back;
  }

  /** Whether after every trial the server's threads and descriptors were as before. */
  public boolean allBack() {
    return allBack;
  }

  /** The table, a row a line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| threads | held | p50 µs | p99 µs | p99 / p99 alone | heap a connection"
            + " | memory a connection | threads | descriptors |\n");
    text.append("|---|---|---|---|---|---|---|---|---|\n");
    trials.forEach((threads, all) -> {
      for (int row = 0; row < all.getFirst().size(); row++) {
        text.append(row(threads, all, row));
      }
    });
    text.append(
        allBack
            ? "after each trial the server's threads and descriptors were as before\n"
            : "the server's threads or descriptors did NOT come back to the base line\n");
    return text.toString();
  }

  private static String row(ThreadKind threads, List<List<Sample>> trials, int row) {
    List<Sample> samples = trials.stream().map(trial -> trial.get(row)).toList();
    int held = samples.getFirst().held();
    double[] p99 = samples.stream().mapToDouble(Sample::p99Ns).toArray();
    double[] alone = trials.stream().mapToDouble(trial -> trial.getFirst().p99Ns()).toArray();
    Comparison ratio = Comparison.paired(p99, alone, SEED);
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %.1f | %.1f | %s | %s | %s | %d | %d |%n",
        threads.label(),
        held,
        median(samples, Sample::p50Ns) / 1e3,
        median(samples, Sample::p99Ns) / 1e3,
        ratio.low() == null || ratio.high() == null
            ? String.format(Locale.ROOT, "%.2f", ratio.ratio())
            : String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.ratio(), ratio.low(), ratio.high()),
        each(samples, held, Sample::heapBytes),
        each(samples, held, Sample::residentBytes),
        (int) median(samples, Sample::threads),
        (int) median(samples, Sample::descriptors));
  }

  /** Of few connections the JVM's own comings and goings are all that is seen. */
  private static String each(List<Sample> samples, int held, ToLongFunction<Sample> bytes) {
    return held < 1_000 ? "" : String.format(Locale.ROOT, "%,.0f B", median(samples, bytes) / held);
  }

  private static double median(List<Sample> samples, ToLongFunction<Sample> value) {
    long[] sorted = samples.stream().mapToLong(value).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
