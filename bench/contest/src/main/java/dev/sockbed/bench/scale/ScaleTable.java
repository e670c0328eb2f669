package dev.sockbed.bench.scale;

import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Goal;
import dev.sockbed.common.ThreadKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.commons.statistics.descriptive.Median;

/** What the trials found: one row for each number of held connections, medians of the trials. */
public final class ScaleTable {

  private static final double MOST_P99 = 2;
  private static final double MOST_HEAP = 4096;

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
  private int notBack;

  void add(ThreadKind threads, List<Sample> trial, boolean back) {
    trials.computeIfAbsent(threads, _ -> new ArrayList<>()).add(List.copyOf(trial));
    notBack += back ? 0 : 1;
  }

  /** Whether after every trial the server's threads and descriptors were as before. */
  public boolean allBack() {
    return notBack == 0;
  }

  /**
   * One number of held connections: a value of each trial.
   *
   * @param threads the kind of thread, the server's and the client's
   * @param held connections that say nothing
   * @param p50Ns median round trip of the active ones
   * @param p99Ns their 99th percentile
   * @param heapBytes the server's heap beyond that without held connections
   * @param residentBytes the same of its memory in all
   * @param serverThreads the server's threads
   * @param descriptors the server's descriptors
   */
  public record Cell(
      String threads,
      int held,
      List<Long> p50Ns,
      List<Long> p99Ns,
      List<Long> heapBytes,
      List<Long> residentBytes,
      List<Integer> serverThreads,
      List<Integer> descriptors) {}

  /** All trials, for programs. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    trials.forEach((threads, all) -> {
      for (int row = 0; row < all.getFirst().size(); row++) {
        List<Sample> samples = row(all, row);
        cells.add(
            new Cell(
                threads.label(),
                samples.getFirst().held(),
                samples.stream().map(Sample::p50Ns).toList(),
                samples.stream().map(Sample::p99Ns).toList(),
                samples.stream().map(Sample::heapBytes).toList(),
                samples.stream().map(Sample::residentBytes).toList(),
                samples.stream().map(Sample::threads).toList(),
                samples.stream().map(Sample::descriptors).toList()));
      }
    });
    return cells;
  }

  private static List<Sample> row(List<List<Sample>> trials, int row) {
    return trials.stream().map(trial -> trial.get(row)).toList();
  }

  /** What is to be reached, with the most held connections that there were. */
  public List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    trials.forEach((threads, all) -> {
      List<Sample> fullest = row(all, all.getFirst().size() - 1);
      int held = fullest.getFirst().held();
      goals.add(
          Goal.atMost(
              MOST_P99,
              "%s threads, p99 beside %,d held connections / alone"
                  .formatted(threads.label(), held),
              againstAlone(all, fullest)));
      if (threads == ThreadKind.VIRTUAL) {
        goals.add(
            Goal.atMost(
                MOST_HEAP,
                "virtual threads, bytes of heap a held connection",
                median(fullest, Sample::heapBytes) / held));
      }
    });
    goals.add(
        Goal.atMost(0, "trials after which threads or descriptors did not come back", notBack));
    return goals;
  }

  private static Comparison againstAlone(List<List<Sample>> trials, List<Sample> samples) {
    double[] p99 = samples.stream().mapToDouble(Sample::p99Ns).toArray();
    double[] alone = row(trials, 0).stream().mapToDouble(Sample::p99Ns).toArray();
    return Comparison.paired(p99, alone);
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
        text.append(line(threads, all, row));
      }
    });
    return text.toString();
  }

  private static String line(ThreadKind threads, List<List<Sample>> trials, int row) {
    List<Sample> samples = row(trials, row);
    int held = samples.getFirst().held();
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %.1f | %.1f | %s | %s | %s | %d | %d |%n",
        threads.label(),
        held,
        median(samples, Sample::p50Ns) / 1e3,
        median(samples, Sample::p99Ns) / 1e3,
        againstAlone(trials, samples).text(),
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
    return Median.withDefaults()
        .evaluate(samples.stream().mapToLong(value).asDoubleStream().toArray());
  }
}
