package dev.sockbed.bench.workload;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.WorkloadFinding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message costs on loopback, where nothing is lost: one round trip at a time. */
final class LoopbackCost {
  private static final String ROUND_TRIPS = "rtt";

  private LoopbackCost() {}

  /**
   * The processor time of a message and its echo, of client and server together: the median
   * trial's.
   *
   * @return nanoseconds, or null where the system does not say
   */
  static WorkloadFinding.@Nullable Cpu of(List<Cell> cells, String transport) {
    List<Long> trials = new ArrayList<>();
    for (Cell cell : cells) {
      if (cell.scenario().equals(ROUND_TRIPS)
          && cell.transport().equals(transport)
          && cell.sent() > 0
          && cell.detail() instanceof LoadDetail detail) {
        Long client = detail.system().clientCpuNs();
        Long server = detail.system().serverCpuNs();
        if (client == null || server == null) {
          return null;
        }
        trials.add((client + server) / cell.sent());
      }
    }
    Collections.sort(trials);
    return trials.isEmpty()
        ? null
        : new WorkloadFinding.Cpu(
            trials.get(trials.size() / 2), trials.getFirst(), trials.getLast());
  }
}
