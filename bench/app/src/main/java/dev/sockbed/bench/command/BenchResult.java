package dev.sockbed.bench.command;

import dev.sockbed.bench.cfloor.FloorTable;
import dev.sockbed.bench.garbage.GarbageResult;
import dev.sockbed.bench.peers.PeersResult;
import dev.sockbed.bench.scale.ScaleTable;
import dev.sockbed.bench.stats.Goal;
import java.util.List;

/**
 * What one of our own measurements found.
 *
 * @param text the table
 * @param cells the same for programs
 * @param goals what is to be reached
 * @param good whether the command's answer is
 */
record BenchResult(String text, List<?> cells, List<Goal> goals, boolean good) {
  /** Its ratios are of this machine, so none is bad. */
  static BenchResult of(PeersResult result) {
    return new BenchResult(result.text(), result.cells(), result.goals(), true);
  }

  static BenchResult of(FloorTable table) {
    return new BenchResult(table.text(), table.cells(), table.goals(), true);
  }

  static BenchResult of(ScaleTable table) {
    return new BenchResult(table.text(), table.cells(), table.goals(), table.allBack());
  }

  /** What a quick run leaves shows nothing. */
  static BenchResult of(GarbageResult result, boolean quick) {
    boolean good = quick || result.goals().stream().allMatch(Goal::reached);
    return new BenchResult(result.text(), result.cells(), result.goals(), good);
  }
}
