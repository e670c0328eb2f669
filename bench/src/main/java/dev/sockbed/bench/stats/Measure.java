package dev.sockbed.bench.stats;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.TimesNs;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One number of a cell, of which trials differ. Times are the response time where a schedule set
 * the pace, and the service time otherwise.
 */
public enum Measure {
  /** The median time, in nanoseconds. */
  P50("p50", true),
  /** The 99th percentile of the time, in nanoseconds. */
  P99("p99", true),
  /** Messages that came back whole and in time, in a second. */
  MESSAGES_PER_SECOND("messages/s", false),
  /** The part of the messages that were due that came back whole and in time: 0 to 1. */
  OK_SHARE("share ok", false);

  private final String label;
  private final boolean lowerIsBetter;

  Measure(String label, boolean lowerIsBetter) {
    this.label = label;
    this.lowerIsBetter = lowerIsBetter;
  }

  /** The name in tables and claims. */
  public String label() {
    return label;
  }

  /** Whether a smaller number is the better one, as with times. */
  public boolean lowerIsBetter() {
    return lowerIsBetter;
  }

  /** The number, or null where the cell has none, or one that has no ratio (zero). */
  public @Nullable Double of(Cell cell) {
    double value =
        switch (this) {
          case P50 -> orZero(times(cell).p50());
          case P99 -> orZero(times(cell).p99());
          case MESSAGES_PER_SECOND -> cell.messagesPerSecond();
          case OK_SHARE ->
              cell.expected() == 0 ? 0 : (double) cell.outcomes().ok() / cell.expected();
        };
    return value > 0 ? value : null;
  }

  /** The times that a cell is judged by. */
  public static TimesNs times(Cell cell) {
    return cell.responseNs() == null ? cell.serviceNs() : cell.responseNs();
  }

  /** The numbers of those cells that have one. */
  public double[] ofEach(List<Cell> cells) {
    return cells.stream()
        .map(this::of)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
