package dev.sockbed.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plot as its script reads it.
 *
 * @param id which figure it goes into
 * @param caption what it shows, in a line
 * @param x the places of all lines, growing
 * @param xScale {@code linear}, {@code log}, or {@code percentile} (each step is a tenth of what
 *     the one before left over)
 * @param xFormat how places are shown: {@code count}, {@code rate} or {@code percentile}
 * @param xLabel what the places are
 * @param xUnit what follows a place in the tooltip, or nothing
 * @param yScale {@code linear} from zero, or {@code log}
 * @param yFormat how values are shown: {@code time} for nanoseconds, or {@code rate}
 * @param points whether the places are marked on the lines
 * @param series the lines
 */
record Chart(
    String id,
    String caption,
    List<Double> x,
    String xScale,
    String xFormat,
    String xLabel,
    String xUnit,
    String yScale,
    String yFormat,
    boolean points,
    List<Series> series) {

  /**
   * A line.
   *
   * @param label its name at its end
   * @param transport which colour it has
   * @param faint whether it stands back
   * @param y a value for each place, null where there is none
   * @param low the least of the trials at each place, or null without a band
   * @param high the greatest
   */
  record Series(
      String label,
      String transport,
      boolean faint,
      List<@Nullable Double> y,
      @Nullable List<@Nullable Double> low,
      @Nullable List<@Nullable Double> high) {}
}
