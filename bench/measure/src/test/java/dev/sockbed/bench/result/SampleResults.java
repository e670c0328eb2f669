package dev.sockbed.bench.result;

import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Question;
import dev.sockbed.bench.stats.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results such as a comparison makes, without a socket: what a comparison measures, in {@linkplain
 * SampleCells cells that are drawn}, the same for the same seed.
 */
public final class SampleResults {
  private final int trials;
  private final int samples;
  private final SampleCells draw;
  private final List<Cell> cells = new ArrayList<>();

  private SampleResults(long seed, int trials, int samples, double slowDown) {
    this.trials = trials;
    this.samples = samples;
    this.draw = new SampleCells(seed, samples, slowDown);
  }

  /** A full comparison of seven trials: every scenario, verdicts included. */
  public static Results full(long seed) {
    SampleResults sample = new SampleResults(seed, 7, 1_500, 1);
    sample.everything();
    sample.onOneCore();
    return sample.results();
  }

  /** What {@code --full} finds over emulated links alone: losses and delays. */
  public static Results overLinks() {
    SampleResults sample = new SampleResults(1, 1, 1, 1);
    sample.cells.addAll(SampleLinks.sweep());
    String claim = "udp in 200ms / tcp in 200ms, link loss=1%,delay=50ms and every greater loss";
    String text =
        "With a delay of 50 ms each way, UDP delivers more in time than TCP for a deadline of"
            + " 200 ms from 1 % loss on";
    return sample.results(List.of(new Verdict(claim, 1.3, null, null, 0.95, 1, 1, text)));
  }

  /** The smallest comparison: the round trip of 128 bytes in six trials. */
  public static Results small(long seed) {
    SampleResults sample = new SampleResults(seed, 6, 1_000, 1);
    sample.roundTrips(128);
    return sample.results();
  }

  /**
   * A comparison by a build that is slower.
   *
   * @param slowDown factor of all times: 1.1 is a build slowed by 10 %
   */
  public static Results of(long seed, int trials, int samples, double slowDown) {
    SampleResults sample = new SampleResults(seed, trials, samples, slowDown);
    sample.everything();
    return sample.results();
  }

  private void everything() {
    setUp();
    for (int size : new int[] {1, 16, 64, 128}) {
      roundTrips(size);
    }
    throughput();
    offeredLoad();
    receiveLimit();
    connections();
  }

  private Results results() {
    return results(
        Verdicts.of(
            List.of(
                    question("rtt", Measure.P50, 128, null, "median round trip"),
                    question("rtt", Measure.P99, 128, null, "99th percentile of the round trip"),
                    question("throughput", Measure.MESSAGES_PER_SECOND, 128, 64, "throughput"),
                    question("setup", Measure.P50, 16, null, "median time to the first echo"))
                .stream()
                .filter(question -> !question.numerator().isEmpty())
                .toList()));
  }

  private Results results(List<Verdict> verdicts) {
    return new Results(
        Results.COMPARE,
        new Results.Tool("0.1.0", "0123456789ab"),
        Instant.parse("2026-01-02T03:04:05Z"),
        ResultsFile.tree(environment()),
        ResultsFile.tree(config()),
        cells,
        verdicts);
  }

  private Question question(
      String scenario, Measure measure, int size, @Nullable Integer window, String subject) {
    String claim =
        "udp %s %s / tcp %s %s".formatted(scenario, measure.label(), scenario, measure.label());
    return new Question(
        claim,
        "UDP's " + subject,
        "TCP's",
        "over UDP",
        "over TCP",
        measure,
        select("udp", scenario, size, window),
        select("tcp", scenario, size, window));
  }

  private List<Cell> select(String transport, String scenario, int size, @Nullable Integer window) {
    return cells.stream()
        .filter(cell -> cell.transport().equals(transport) && cell.scenario().equals(scenario))
        .filter(cell -> cell.sizeBytes() == size && Cell.TWO_CORES.equals(cell.placement()))
        .filter(cell -> window == null || window.equals(cell.window()))
        .toList();
  }

  private void setUp() {
    for (int trial = 1; trial <= trials; trial++) {
      measure(point("tcp", "setup", 16, 1, 1), trial, 68_000, 0.25, 0);
      measure(point("udp", "setup", 16, 1, 1), trial, 31_000, 0.25, 0);
    }
  }

  private void roundTrips(int size) {
    for (int trial = 1; trial <= trials; trial++) {
      measure(point("tcp", "rtt", size, 1, 1), trial, 19_600 + size * 4.0, 0.12, 0);
      measure(point("udp", "rtt", size, 1, 1), trial, 15_500 + size * 3.0, 0.12, 0.0007);
    }
  }

  /** The second placement, and bare sockets in both. */
  private void onOneCore() {
    for (int trial = 1; trial <= trials; trial++) {
      for (int size : new int[] {1, 16, 64, 128}) {
        measure(placed("tcp", "rtt", "one-core", size), trial, 14_200 + size * 4.0, 0.1, 0);
        measure(placed("udp", "rtt", "one-core", size), trial, 11_800 + size * 3.0, 0.1, 0);
      }
      for (String placement : List.of(Cell.ONE_CORE, Cell.TWO_CORES)) {
        double more = placement.equals(Cell.ONE_CORE) ? 1 : 1.4;
        measure(placed("tcp", "floor", placement, 128), trial, 13_900 * more, 0.1, 0);
        measure(placed("udp", "floor", placement, 128), trial, 11_600 * more, 0.1, 0);
      }
    }
  }

  private static Point placed(String transport, String scenario, String placement, int size) {
    return new Point(
        transport, scenario, "plain", "block", "platform", placement, size, 1, 1, null);
  }

  private void throughput() {
    for (int trial = 1; trial <= trials; trial++) {
      for (int window = 1; window <= 1024; window *= 2) {
        double tcp = 20_000 + 900.0 * window;
        double udp = 15_900 + 2_400.0 * window;
        measure(point("tcp", "throughput", 128, 1, window), trial, tcp, 0.2, 0);
        double lost = window > 256 ? 0.06 : 0;
        measure(point("udp", "throughput", 128, 1, window), trial, udp, 0.2, lost);
      }
    }
  }

  private void offeredLoad() {
    for (int trial = 1; trial <= trials; trial++) {
      for (int step = 1; step <= 8; step++) {
        double rate = step * 8_000.0;
        scheduled("tcp", rate, trial, 21_000, 52_000, 0);
        scheduled("udp", rate, trial, 17_000, 63_000, step == 8 ? 0.02 : 0);
      }
    }
  }

  private void receiveLimit() {
    for (int size : new int[] {127, 128, 129, 134, 256}) {
      boolean longer = size > 128;
      long split = longer ? samples : 0;
      List<Integer> stream = new ArrayList<>();
      for (int left = 2 * size; left > 0; left -= stream.getLast()) {
        stream.add(Math.min(longer ? 128 : size, left));
      }
      cells.add(
          draw.cell(point("tcp", "receive-limit", size, 1, 1), 1, 22_000, 0.2, 0)
              .with(new ReceiveLimitDetail(128, size, stream, split, split / 3, 0)));
      int cut = Math.min(size, 128);
      cells.add(
          draw.cell(point("udp", "receive-limit", size, 1, 1), 1, 18_000, 0.2, 0)
              .with(new ReceiveLimitDetail(128, size, List.of(cut, cut), 0, 0, split)));
    }
  }

  private void connections() {
    for (int trial = 1; trial <= trials; trial++) {
      for (int count : new int[] {1, 10, 100, 1000}) {
        double tcp = 20_000 + 650.0 * count;
        double udp = 16_000 + 610.0 * count;
        measure(point("tcp", "connections", 128, count, 1), trial, tcp, 0.3, 0);
        measure(point("udp", "connections", 128, count, 1), trial, udp, 0.3, 0);
      }
    }
  }

  private static Point point(
      String transport, String scenario, int size, int connections, int window) {
    return new Point(
        transport,
        scenario,
        "plain",
        "block",
        "platform",
        "two-cores",
        size,
        connections,
        window,
        null);
  }

  private void scheduled(
      String transport, double rate, int trial, double idleNanos, double capacity, double lost) {
    double busy = Math.min(0.995, rate / capacity);
    Point point =
        new Point(
            transport,
            "offered-load",
            "plain",
            "block",
            "platform",
            "two-cores",
            128,
            1,
            null,
            rate);
    SampleCells.Draft draft = draw.cell(point, trial, idleNanos / (1 - busy), 0.4, lost);
    cells.add(draft.onSchedule(Math.min(rate, capacity * 0.98)));
  }

  private void measure(
      Point point, int trial, double medianNanos, double spread, double lostShare) {
    cells.add(draw.cell(point, trial, medianNanos, spread, lostShare).done());
  }

  private static Map<String, @Nullable Object> environment() {
    Map<String, @Nullable Object> environment = new LinkedHashMap<>();
    environment.put("os", Map.of("name", "Linux", "version", "6.1.0", "architecture", "amd64"));
    environment.put("jvm", Map.of("name", "Example VM", "version", "25.0.3+9"));
    environment.put("cpu", Map.of("processors", 2, "model", "Example CPU", "megahertz", 2500.0));
    environment.put("loadAverage", 0.5);
    environment.put("clock", Map.of("stepNs", 10, "costNs", 24));
    environment.put("warnings", List.of("the machine is a virtual one"));
    return environment;
  }

  private static Map<String, @Nullable Object> config() {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("profile", "default");
    config.put("receiveLimit", 128);
    config.put("cpus", null);
    config.put("seed", 42);
    return config;
  }
}
