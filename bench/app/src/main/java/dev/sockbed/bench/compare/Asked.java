package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.transfer.TransferPlan;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.workload.FileAnswers;
import dev.sockbed.bench.workload.FileNeed;
import dev.sockbed.bench.workload.FilePlan;
import dev.sockbed.bench.workload.Need;
import dev.sockbed.bench.workload.Workload;
import dev.sockbed.bench.workload.WorkloadAnswers;
import dev.sockbed.bench.workload.WorkloadPlan;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared.
 *
 * @param profile how much is measured
 * @param need what somebody needs, or null if that was not said
 * @param placements where the ends run, the one for all scenarios first
 * @param links the emulated links that messages go over
 * @param files what is transferred over a link, or null
 * @param targets the servers that the user named, or none
 */
record Asked(
    Profile profile,
    @Nullable Need need,
    List<CpuPlacement> placements,
    List<LinkPlan> links,
    @Nullable TransferPlan files,
    Map<Transport, Address> targets) {

  /** The same, but for the servers. */
  Asked withTargets(Map<Transport, Address> targets) {
    return new Asked(profile, need, placements, links, files, targets);
  }

  /** How the links are made; null if there are none. */
  @Nullable LinkMode linkMode() {
    return files != null ? files.mode() : links.isEmpty() ? null : links.getFirst().mode();
  }

  /** What keeps any answer from being told, whatever is measured; null if nothing does. */
  @Nullable String tooFew() {
    return switch (need) {
      case Workload workload -> WorkloadPlan.tooFew(workload, links.getFirst());
      case FileNeed file -> FilePlan.tooFew(file, Objects.requireNonNull(files));
      case null -> null;
    };
  }

  /** What was found of the need; null without one. */
  @Nullable WorkloadFinding finding(List<Cell> cells) {
    return switch (need) {
      case Workload workload -> WorkloadAnswers.of(workload, links.getFirst().variants(), cells);
      case FileNeed file -> FileAnswers.of(file, Objects.requireNonNull(files).variants(), cells);
      case null -> null;
    };
  }
}
