package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.workload.Workload;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared.
 *
 * @param profile how much is measured
 * @param workload what somebody needs, or null if that was not said
 * @param placements where the ends run, the one for all scenarios first
 * @param links the emulated links
 * @param targets the servers that the user named, or none
 */
record Asked(
    Profile profile,
    @Nullable Workload workload,
    List<Placement> placements,
    List<LinkPlan> links,
    Map<Transport, Address> targets) {

  /** The same, but for the servers. */
  Asked withTargets(Map<Transport, Address> targets) {
    return new Asked(profile, workload, placements, links, targets);
  }
}
