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
record Found(String text, List<?> cells, List<Goal> goals, boolean good) {
  /** Its ratios are of this machine, so none is bad. */
  static Found of(PeersResult result) {
    return new Found(result.text(), result.cells(), result.goals(), true);
  }

  static Found of(FloorTable table) {
    return new Found(table.text(), table.cells(), table.goals(), true);
  }

  static Found of(ScaleTable table) {
    return new Found(table.text(), table.cells(), table.goals(), table.allBack());
  }

  /** What a quick run leaves shows nothing. */
  static Found of(GarbageResult result, boolean quick) {
    boolean good = quick || result.goals().stream().allMatch(Goal::reached);
    return new Found(result.text(), result.cells(), result.goals(), good);
  }
}
