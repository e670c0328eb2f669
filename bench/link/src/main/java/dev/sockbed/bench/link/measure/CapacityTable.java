package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.model.PacketCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the emulator carried: one row for each link and rate, over all trials. */
public final class CapacityTable {
  private static final double KEPT = 0.98;
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.99;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Map<Row, List<Steady>> rows = new LinkedHashMap<>();
  private final Map<String, List<Double>> mostPerSecond = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  /** A link at a rate. */
  private record Row(String link, double ratePerSecond) {}

  /**
   * A steady rate for a while.
   *
   * @param sentPerSecond the rate at which messages really were sent
   * @param missing messages that did not come back, whoever dropped them
   * @param unfetched of these, packets for which the emulator was too slow
   * @param up what became of the packets on their way to the server
   * @param down the same on their way back
   */
  record Steady(
      double sentPerSecond, long missing, long unfetched, PacketCounts up, PacketCounts down) {
    boolean carries(double ratePerSecond) {
      return missing == 0 && keeps(ratePerSecond);
    }

    /** Whether the rate is all that is wrong. */
    boolean missesOnly(double ratePerSecond) {
      return missing == 0 && unfetched == 0 && !keeps(ratePerSecond);
    }

    private boolean keeps(double ratePerSecond) {
      return sentPerSecond >= KEPT * ratePerSecond;
    }

    private double lateMicros(double part) {
      return Math.max(up.tardinessNanos(part), down.tardinessNanos(part)) / NANOS_PER_MICRO;
    }
  }

  CapacityTable() {}

  void add(String link, double ratePerSecond, Steady steady) {
    rows.computeIfAbsent(new Row(link, ratePerSecond), _ -> new ArrayList<>()).add(steady);
  }

  void addMost(String link, double perSecond) {
    mostPerSecond.computeIfAbsent(link, _ -> new ArrayList<>()).add(perSecond);
  }

  void leaveOut(String mode, String why) {
    leftOut.put(mode, why);
  }

  /** Whether every link carried each rate, and every message came back. */
  public boolean allCarried() {
    return rows.entrySet().stream()
        .allMatch(row ->
            row.getValue().stream()
                .allMatch(steady -> steady.carries(row.getKey().ratePerSecond())));
  }

  /** The table, a row a line, and below it what it means. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| link | sent/s each way | missing | the emulator was too slow for | late p50 µs"
            + " | late p99 µs | most/s each way |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    rows.forEach((row, trials) -> text.append(line(row, trials)));
    leftOut.forEach(
        (mode, why) -> text.append(mode).append(" was left out: ").append(why).append('\n'));
    text.append(verdict()).append('\n');
    return text.toString();
  }

  private String verdict() {
    OptionalDouble tooMuch =
        rows.entrySet().stream()
            .filter(row -> row.getValue().stream().anyMatch(steady -> steady.unfetched() > 0))
            .mapToDouble(row -> row.getKey().ratePerSecond())
            .min();
    if (tooMuch.isPresent()) {
      return "the emulator is the bottleneck at %s packets/s each way"
          .formatted(whole(tooMuch.getAsDouble()));
    }
    String rates =
        rows.keySet().stream()
                .map(Row::ratePerSecond)
                .distinct()
                .map(CapacityTable::whole)
                .collect(Collectors.joining(" and "))
            + " packets/s each way";
    return allCarried()
        ? "every link carries " + rates + ", and nothing is missing"
        : "not every link carries " + rates;
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private String line(Row row, List<Steady> trials) {
    List<Double> most = Objects.requireNonNull(mostPerSecond.get(row.link()));
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,d | %,d | %.1f | %.1f | %,.0f |%n",
        row.link(),
        median(trials, Steady::sentPerSecond),
        trials.stream().mapToLong(Steady::missing).sum(),
        trials.stream().mapToLong(Steady::unfetched).sum(),
        median(trials, steady -> steady.lateMicros(MEDIAN)),
        median(trials, steady -> steady.lateMicros(MOST)),
        median(most, Double::doubleValue));
  }

  private static <T> double median(List<T> trials, ToDoubleFunction<T> value) {
    double[] sorted = trials.stream().mapToDouble(value).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
