package dev.sockbed.bench.diff;

import dev.sockbed.bench.bare.Floor;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Missing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bare sockets of one run: no build of ours changes them, so what they lose from one run to
 * another, the machine lost. Trials of the same number ran close to each other, so each trial of a
 * point is set against the control's of that number, over the same transport and in the same
 * placement; what slows both falls out.
 */
final class Control {
  private final Map<Key, Cell> cells = new HashMap<>();

  /** Which trial of which control. */
  private record Key(String transport, @Nullable String placement, int trial) {
    static Key of(Cell cell) {
      return new Key(cell.transport(), cell.placement(), cell.trial());
    }
  }

  /** The control in a run's cells, if it has one. */
  Control(List<Cell> all) {
    for (Cell cell : all) {
      if (isControl(cell.scenario())) {
        cells.put(Key.of(cell), cell);
      }
    }
  }

  /** Whether a scenario is the control and not what it is for. */
  static boolean isControl(String scenario) {
    return scenario.equals(Floor.SCENARIO);
  }

  /** Whether there is a control for any of these trials. */
  boolean covers(List<Cell> trials) {
    return trials.stream()
        .anyMatch(cell -> !isControl(cell.scenario()) && cells.containsKey(Key.of(cell)));
  }

  /** A measure of each trial by the control's; trials in which one of them is missing left out. */
  double[] relative(List<Cell> trials, Measure measure) {
    double[] values = new double[trials.size()];
    int filled = 0;
    for (Cell cell : trials) {
      Cell control = cells.get(Key.of(cell));
      if (control == null
          || Missing.of(cell, measure) != null
          || Missing.of(control, measure) != null) {
        continue;
      }
      Double above = measure.of(cell);
      Double below = measure.of(control);
      if (above != null && below != null) {
        values[filled++] = above / below;
      }
    }
    return Arrays.copyOf(values, filled);
  }
}
