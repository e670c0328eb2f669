package dev.sockbed.bench.result;

import org.jspecify.annotations.Nullable;

/** Cells of single trials whose numbers a test chooses. */
public final class TrialCells {
  private static final long SENT = 1_000;

  private TrialCells() {}

  /** A point of round trips of 128 bytes, one at a time. */
  public static Point roundTrip(String transport) {
    return point(transport, "rtt", null, 128, 1, 1, null);
  }

  /** A point over plain, blocking sockets on platform threads. */
  public static Point point(
      String transport,
      String scenario,
      @Nullable String placement,
      int size,
      int connections,
      @Nullable Integer window,
      @Nullable Double rate) {
    return new Point(
        transport,
        scenario,
        "plain",
        "block",
        "platform",
        placement,
        size,
        connections,
        window,
        rate);
  }

  /** A trial in which each of a thousand messages took so long and came back. */
  public static Cell of(Point point, int trial, double nanos) {
    return of(point, trial, nanos, nanos, 1e9 / nanos);
  }

  /** A trial of a thousand messages that came back, with these numbers. */
  public static Cell of(Point point, int trial, double p50, double p99, double perSecond) {
    long median = Math.round(p50);
    long high = Math.round(p99);
    TimesNs times = new TimesNs(SENT, 1L, median, median, high, null, null, high, median);
    return cell(point, trial, SENT, new Outcomes(SENT, 0, 0, 0, 0, 0, 0), times, perSecond, null);
  }

  /** The same trial, with no reply to any message. */
  public static Cell silent(Cell cell) {
    return with(cell, new Outcomes(0, cell.sent(), 0, 0, 0, 0, 0), 0, 1);
  }

  /** The same trial, in which some of the messages were lost, and their share of the rate. */
  public static Cell losing(Cell cell, long lost) {
    return with(
        cell,
        new Outcomes(cell.sent() - lost, lost, 0, 0, 0, 0, 0),
        cell.messagesPerSecond() * (cell.sent() - lost) / cell.sent(),
        1);
  }

  /** The same trial with other outcomes and another rate, and times so many times as long. */
  public static Cell with(Cell cell, Outcomes outcomes, double perSecond, double factor) {
    boolean came = outcomes.ok() > 0;
    TimesNs times =
        new TimesNs(
            outcomes.ok(),
            null,
            came ? times(cell.serviceNs().p50(), factor) : null,
            came ? times(cell.serviceNs().p90(), factor) : null,
            came ? times(cell.serviceNs().p99(), factor) : null,
            null,
            null,
            null,
            null);
    return cell(
        Point.of(cell), cell.trial(), outcomes.total(), outcomes, times, perSecond, cell.detail());
  }

  /** The same trial with other times. */
  public static Cell with(Cell cell, TimesNs times) {
    return cell(
        Point.of(cell),
        cell.trial(),
        cell.sent(),
        cell.outcomes(),
        times,
        cell.messagesPerSecond(),
        cell.detail());
  }

  /** The same trial with what only some scenarios have. */
  public static Cell with(Cell cell, Cell.Detail detail) {
    return cell(
        Point.of(cell),
        cell.trial(),
        cell.sent(),
        cell.outcomes(),
        cell.serviceNs(),
        cell.messagesPerSecond(),
        detail);
  }

  private static @Nullable Long times(@Nullable Long nanos, double factor) {
    return nanos == null ? null : Math.round(nanos * factor);
  }

  private static Cell cell(
      Point point,
      int trial,
      long sent,
      Outcomes outcomes,
      TimesNs times,
      double perSecond,
      Cell.@Nullable Detail detail) {
    return new Cell(
        point.variant(),
        point.scenario(),
        point.io(),
        point.waiting(),
        point.threads(),
        point.placement(),
        point.sizeBytes(),
        point.connections(),
        point.window(),
        point.ratePerSecond(),
        trial,
        sent,
        outcomes,
        Events.NONE,
        times,
        null,
        perSecond,
        null,
        null,
        detail);
  }
}
