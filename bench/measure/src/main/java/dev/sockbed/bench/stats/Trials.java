package dev.sockbed.bench.stats;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.TimesNs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * The repetitions of one point, and what they come to together.
 *
 * @param point what was measured
 * @param cells one cell a trial, at least one, in the order in which they were found
 */
public record Trials(Point point, List<Cell> cells) {
  private static final double ROUNDING = 1e-6;

  /** What keeps a rounded percentage on the side of the message that is meant. */
  private static final double WITHIN_ONE = 0.25;

  /** Copies the list, so that the trials stay as they are. */
  public Trials {
    cells = List.copyOf(cells);
  }

  /** Sorts cells by point; points come in the order of their first cells. */
  public static List<Trials> of(List<Cell> cells) {
    Map<Point, List<Cell>> byPoint = new LinkedHashMap<>();
    for (Cell cell : cells) {
      byPoint.computeIfAbsent(Point.of(cell), _ -> new ArrayList<>()).add(cell);
    }
    return byPoint.entrySet().stream()
        .map(entry -> new Trials(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Sorts one run's trials by the process that measured them; without forks they are one list. */
  public static List<List<Cell>> byFork(List<Cell> cells) {
    Map<Optional<Integer>, List<Cell>> forks = new LinkedHashMap<>();
    for (Cell cell : cells) {
      forks.computeIfAbsent(Optional.ofNullable(cell.fork()), _ -> new ArrayList<>()).add(cell);
    }
    return List.copyOf(forks.values());
  }

  /**
   * Within which time a part of all messages came, those that never came counted as the longest.
   *
   * @param part above 0, at most 1
   * @return nanoseconds, or null if fewer came at all, or their response times were not kept
   */
  public static @Nullable Long within(List<Cell> cells, double part) {
    Histogram histogram = Histograms.empty();
    long sent = 0;
    for (Cell cell : cells) {
      String times = cell.responseHistogram();
      if (times == null) {
        return null;
      }
      histogram.add(Histograms.decode(times));
      sent += cell.sent();
    }
    long came = histogram.getTotalCount();
    double messages = Math.ceil(part * sent - ROUNDING);
    return came < messages
        ? null
        : (Long) histogram.getValueAtPercentile(100 * (messages - WITHIN_ONE) / came);
  }

  /** All messages sent. */
  public long sent() {
    return cells.stream().mapToLong(Cell::sent).sum();
  }

  /** All messages that were due, or sent where no schedule says how many were due. */
  public long expected() {
    return cells.stream().mapToLong(Cell::expected).sum();
  }

  /** All fates added up. */
  public Outcomes outcomes() {
    return cells.stream().map(Cell::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
  }

  /** All events added up. */
  public Events events() {
    return cells.stream().map(Cell::events).reduce(Events.NONE, Events::plus);
  }

  /** The median trial's messages a second. */
  public double messagesPerSecond() {
    return Median.withDefaults()
        .evaluate(cells.stream().mapToDouble(Cell::messagesPerSecond).toArray());
  }

  /**
   * All times of all trials in one histogram: response times where a schedule set the pace, service
   * times otherwise.
   *
   * @return nanoseconds, or null if a trial's histogram was not kept
   */
  public @Nullable Histogram histogram() {
    Histogram pooled = Histograms.empty();
    for (Cell cell : cells) {
      String encoded = cell.responseNs() == null ? cell.histogram() : cell.responseHistogram();
      if (encoded == null) {
        return null;
      }
      pooled.add(Histograms.decode(encoded));
    }
    return pooled;
  }

  /**
   * The times of all trials together: of the pooled histogram, or, where a histogram was not kept,
   * the median trial's percentiles with the least and the greatest time of all.
   */
  public TimesNs times() {
    Histogram pooled = histogram();
    if (pooled != null) {
      return TimesNs.of(pooled);
    }
    return new TimesNs(
        cells.stream().mapToLong(cell -> Measure.times(cell).count()).sum(),
        values(TimesNs::min).stream().min(Long::compare).orElse(null),
        median(TimesNs::p50),
        median(TimesNs::p90),
        median(TimesNs::p99),
        median(TimesNs::p999),
        median(TimesNs::p9999),
        values(TimesNs::max).stream().max(Long::compare).orElse(null),
        median(TimesNs::mean));
  }

  private @Nullable Long median(Function<TimesNs, @Nullable Long> column) {
    List<Long> values = values(column);
    return values.isEmpty()
        ? null
        : Math.round(
            Median.withDefaults()
                .evaluate(values.stream().mapToDouble(Long::doubleValue).toArray()));
  }

  private List<Long> values(Function<TimesNs, @Nullable Long> column) {
    return cells.stream().map(Measure::times).map(column).filter(Objects::nonNull).toList();
  }
}
