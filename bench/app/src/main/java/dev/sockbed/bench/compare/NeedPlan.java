package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.workload.FileNeed;
import dev.sockbed.bench.workload.FilePlan;
import dev.sockbed.bench.workload.Need;
import dev.sockbed.bench.workload.Workload;
import dev.sockbed.bench.workload.WorkloadOptions;
import dev.sockbed.bench.workload.WorkloadPlan;
import java.util.List;
import java.util.Map;

/** What is measured so that something can be said of a need, as the user's flags have it. */
record NeedPlan(
    WorkloadOptions workloadOptions, ProfileOptions profileOptions, LinkMode linkMode, long seed) {

  Asked of(Need need, CpuPlacement placement) {
    return switch (need) {
      case Workload workload ->
          new Asked(
              Profile.forNeed(workload.sizeBytes()),
              workload,
              List.of(placement),
              List.of(
                  WorkloadPlan.of(
                      workload,
                      workloadOptions.variants(),
                      workloadOptions.linkMode(linkMode),
                      seed,
                      profileOptions.timeForNeed(),
                      profileOptions.trials())),
              null,
              Map.of());
      case FileNeed file ->
          new Asked(
              Profile.forFiles(),
              file,
              List.of(placement),
              List.of(),
              FilePlan.of(
                  file,
                  workloadOptions.variants(),
                  workloadOptions.linkMode(linkMode),
                  seed,
                  profileOptions.timeForNeed(),
                  profileOptions.trials()),
              Map.of());
    };
  }
}
