package dev.sockbed.bench.stats;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.TimesNs;
import java.util.List;
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
  /** Messages that came back whole and in time, in a second; 0 if none did. */
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

  /**
   * The number, or null where the cell has none: a time of no message, a percentile that rests on
   * too few of them, a share of nothing.
   */
  public @Nullable Double of(Cell cell) {
    return switch (this) {
      case P50 -> number(times(cell).p50());
      case P99 -> number(times(cell).p99());
      case MESSAGES_PER_SECOND -> cell.messagesPerSecond();
      case OK_SHARE -> {
        Share.Count inTime = inTime(cell);
        yield inTime.messages() == 0 ? null : (double) inTime.counted() / inTime.messages();
      }
    };
  }

  /** Those worth comparing: where many messages are in flight, time mirrors throughput. */
  public static List<Measure> worthComparing(Point point) {
    boolean oneAtATime = point.window() != null && point.window() * point.connections() == 1;
    return oneAtATime || point.ratePerSecond() != null
        ? List.of(P50, P99, OK_SHARE)
        : List.of(MESSAGES_PER_SECOND, OK_SHARE);
  }

  /** How many of a cell's messages that were due came back whole and in time. */
  public static Share.Count inTime(Cell cell) {
    return new Share.Count(cell.outcomes().ok(), cell.expected());
  }

  /** The times that a cell is judged by. */
  public static TimesNs times(Cell cell) {
    return cell.responseNs() == null ? cell.serviceNs() : cell.responseNs();
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : value.doubleValue();
  }
}
