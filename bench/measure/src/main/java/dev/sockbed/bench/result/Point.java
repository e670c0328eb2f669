package dev.sockbed.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * What was measured: a cell's conditions, its trial aside. Cells of the same point are repetitions.
 *
 * @param variant the word of a {@link Variant}, as in {@code udp+retry}; the other components are
 *     those of a {@link Cell}
 * @see Cell
 */
public record Point(
    String variant,
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
        cell.variant(),
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

  /** The same conditions over another variant, or none: what stands side by side in a table. */
  public Point withVariant(String other) {
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
