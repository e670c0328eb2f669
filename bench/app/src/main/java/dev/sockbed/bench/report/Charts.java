package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Which plots a scenario gets: what varies is the horizontal axis. */
final class Charts {
  /** Places on a percentile curve for each tenth of what is left over. */
  private static final int PLACES_A_STEP = 24;

  private static final int SAMPLES_BEYOND = 10;

  private Charts() {}

  /** The plots of a scenario; none if it has nothing that a plot would show better than a table. */
  static List<Chart> of(Scenario scenario) {
    if (scenario.name().equals(Scenario.FLOOR)) {
      return List.of();
    }
    List<Axis> axes = scenario.axes();
    if (axes.contains(Axis.RATE)) {
      return List.of(latencyAgainstRate(scenario));
    }
    if (axes.contains(Axis.WINDOW)) {
      return List.of(throughputAgainst(scenario, Axis.WINDOW, "messages in flight"));
    }
    if (axes.contains(Axis.CONNECTIONS)) {
      return List.of(throughputAgainst(scenario, Axis.CONNECTIONS, "connections"));
    }
    Chart curves = percentileCurves(scenario);
    return curves.series().isEmpty() ? List.of() : List.of(curves);
  }

  private static Chart latencyAgainstRate(Scenario scenario) {
    List<Double> x = places(scenario, Point::ratePerSecond);
    List<Chart.Series> series = new ArrayList<>();
    for (String transport : transports(scenario)) {
      List<@Nullable Double> median = new ArrayList<>();
      List<@Nullable Double> tail = new ArrayList<>();
      for (Double place : x) {
        Trials trials = at(scenario, transport, point -> place.equals(point.ratePerSecond()));
        TimesNs times = trials == null ? null : trials.times();
        median.add(times == null ? null : orNull(times.p50()));
        tail.add(times == null ? null : orNull(times.p99()));
      }
      series.add(new Chart.Series(upper(transport) + " p50", transport, false, median, null, null));
      series.add(new Chart.Series(upper(transport) + " p99", transport, true, tail, null, null));
    }
    return new Chart(
        scenario.name(),
        "Response time, median and 99th percentile, against the messages a second asked for",
        x,
        "linear",
        "rate",
        "messages a second",
        "messages/s",
        "log",
        "time",
        true,
        series);
  }

  private static @Nullable Double orNull(@Nullable Long nanos) {
    return nanos == null ? null : nanos.doubleValue();
  }

  private static Chart throughputAgainst(Scenario scenario, Axis axis, String label) {
    Function<Point, @Nullable Double> place =
        axis == Axis.WINDOW
            ? point -> point.window() == null ? null : (double) point.window()
            : point -> (double) point.connections();
    List<Double> x = places(scenario, place);
    List<Chart.Series> series = new ArrayList<>();
    for (String transport : transports(scenario)) {
      List<@Nullable Double> y = new ArrayList<>();
      List<@Nullable Double> low = new ArrayList<>();
      List<@Nullable Double> high = new ArrayList<>();
      for (Double each : x) {
        Trials trials = at(scenario, transport, point -> each.equals(place.apply(point)));
        List<Double> values =
            trials == null
                ? List.of()
                : trials.cells().stream().map(Cell::messagesPerSecond).sorted().toList();
        y.add(trials == null ? null : trials.messagesPerSecond());
        low.add(values.isEmpty() ? null : values.getFirst());
        high.add(values.isEmpty() ? null : values.getLast());
      }
      series.add(new Chart.Series(upper(transport), transport, false, y, low, high));
    }
    return new Chart(
        scenario.name(),
        "Messages a second against "
            + label
            + "; the line is the median trial, the band all of them",
        x,
        "log",
        "count",
        label,
        label,
        "linear",
        "rate",
        true,
        series);
  }

  private static Chart percentileCurves(Scenario scenario) {
    Point largest = scenario.points().getLast().point();
    boolean placed = scenario.axes().contains(Axis.PLACEMENT);
    List<Curve> curves =
        scenario.points().stream()
            .filter(trials -> trials.point().sizeBytes() == largest.sizeBytes())
            .flatMap(trials -> Curve.of(trials, placed, largest.placement()).stream())
            .toList();
    long most = curves.stream().mapToLong(curve -> curve.times().getTotalCount()).max().orElse(0);
    double end = Math.log10(Math.max(10.0, (double) most / SAMPLES_BEYOND));
    List<Double> x = new ArrayList<>();
    for (int i = 0; i <= end * PLACES_A_STEP; i++) {
      x.add((double) i / PLACES_A_STEP);
    }
    String sizes = scenario.axes().contains(Axis.SIZE) ? " of " + Axis.SIZE.phrase(largest) : "";
    return new Chart(
        scenario.name(),
        "Time" + sizes + " by percentile: how long all but the slowest took",
        x,
        "percentile",
        "percentile",
        "percentile of messages",
        "of messages took at most",
        "log",
        "time",
        false,
        curves.stream().map(curve -> curve.series(x)).toList());
  }

  /** The times of one line of a percentile plot. */
  private record Curve(String label, String transport, boolean faint, Histogram times) {
    /**
     * One line, or two where response and service times differ.
     *
     * @param placed whether the label says where the ends ran
     * @param main the placement whose lines do not stand back
     */
    static List<Curve> of(Trials trials, boolean placed, @Nullable String main) {
      String transport = trials.point().variant();
      String name = upper(transport);
      if (placed) {
        String cores = Axis.PLACEMENT.of(trials.point());
        name += ", " + cores + (cores.equals("1") ? " core" : " cores");
      }
      boolean faint = placed && !Objects.equals(trials.point().placement(), main);
      Histogram judged = trials.histogram();
      if (judged == null || judged.getTotalCount() == 0) {
        return List.of();
      }
      Histogram service = service(trials);
      if (trials.cells().getFirst().responseNs() == null || service == null) {
        return List.of(new Curve(name, transport, faint, judged));
      }
      return List.of(
          new Curve(name + " response", transport, faint, judged),
          new Curve(name + " service", transport, true, service));
    }

    private static @Nullable Histogram service(Trials trials) {
      Histogram pooled = Histograms.empty();
      for (Cell cell : trials.cells()) {
        if (cell.histogram() == null) {
          return null;
        }
        pooled.add(Histograms.decode(cell.histogram()));
      }
      return pooled;
    }

    Chart.Series series(List<Double> x) {
      List<@Nullable Double> y = new ArrayList<>();
      for (Double place : x) {
        double beyond = times.getTotalCount() * Math.pow(10, -place);
        y.add(
            beyond + 1e-6 < SAMPLES_BEYOND
                ? null
                : (double) times.getValueAtPercentile(100 - 100 * Math.pow(10, -place)));
      }
      return new Chart.Series(label, transport, faint, y, null, null);
    }
  }

  private static List<Double> places(Scenario scenario, Function<Point, @Nullable Double> place) {
    return scenario.points().stream()
        .map(trials -> place.apply(trials.point()))
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> transports(Scenario scenario) {
    return scenario.points().stream()
        .map(trials -> trials.point().variant())
        .distinct()
        .sorted()
        .toList();
  }

  private static @Nullable Trials at(
      Scenario scenario, String transport, Function<Point, Boolean> here) {
    return scenario.points().stream()
        .filter(trials -> trials.point().variant().equals(transport))
        .filter(trials -> here.apply(trials.point()))
        .findFirst()
        .orElse(null);
  }

  private static String upper(String transport) {
    return transport.toUpperCase(Locale.ROOT);
  }
}
