package dev.sockbed.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * What was measured: a cell's conditions, its trial aside. Cells of the same point are repetitions.
 *
 * @see Cell
 */
public record Point(
    String transport,
    String scenario,
    String io,
    String waiting,
    String threads,
    @Nullable String placement,
    int sizeBytes,
    int connections,
    @Nullable Integer window,
    @Nullable Double ratePerSecond) {

  /** The point that a cell belongs to. */
  public static Point of(Cell cell) {
    return new Point(
        cell.transport(),
        cell.scenario(),
        cell.io(),
        cell.waiting(),
        cell.threads(),
        cell.placement(),
        cell.sizeBytes(),
        cell.connections(),
        cell.window(),
        cell.ratePerSecond());
  }

  /** The same conditions over another transport, or none: what stands side by side in a table. */
  public Point withTransport(String other) {
    return new Point(
        other,
        scenario,
        io,
        waiting,
        threads,
        placement,
        sizeBytes,
        connections,
        window,
        ratePerSecond);
  }
}
