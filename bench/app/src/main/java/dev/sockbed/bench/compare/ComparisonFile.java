package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.transfer.TransferPlan;
import dev.sockbed.bench.load.Calibration;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Environment;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.result.Version;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.common.Address;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.command.ClientSocketOptions;
import dev.sockbed.common.linux.CpuAffinity;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A comparison's results beside what they rest on: the machine, and every setting in effect.
 *
 * @param asked what was compared
 * @param trials how often each point, or null for as often as the profile says
 * @param forks in how many client processes
 * @param seed of all that is random
 * @param linkMode how links were asked to be made
 */
record ComparisonFile(
    Asked asked,
    ClientSocketOptions sockets,
    @Nullable Integer trials,
    int forks,
    long seed,
    LinkMode linkMode) {

  /** The machine, with a warning if what changes times the most is left open. */
  static Environment environment(List<CpuPlacement> placements, WaitStrategy waiting) {
    Environment environment = Calibration.measure();
    if (!waiting.equals(WaitStrategy.BLOCK) && CpuPlacement.oneProcessor(placements)) {
      return environment.withWarning(
          "both ends spin on one processor, so each keeps the other from running: times are those"
              + " of the system's scheduler");
    }
    return placements.equals(List.of(CpuPlacement.ANYWHERE)) && !CpuAffinity.isAvailable()
        ? environment.withWarning(
            "threads can't be kept to processors here: where the system puts client and server may"
                + " change times more than the transport does")
        : environment;
  }

  /**
   * All of it.
   *
   * @param repliesPerSecond so many the named UDP server sends this machine at most, if that shows
   */
  Results of(
      Instant startedAt, Environment environment, List<Cell> cells, OptionalDouble repliesPerSecond)
      throws IOException {
    WorkloadFinding finding = asked.finding(cells);
    return new Results(
        Results.COMPARE,
        new Results.Tool(Version.number(), Version.commit()),
        startedAt,
        ResultsFile.tree(environment),
        ResultsFile.tree(configuration(repliesPerSecond)),
        cells,
        finding == null ? verdicts(cells, repliesPerSecond) : List.of(),
        finding);
  }

  private List<Verdict> verdicts(List<Cell> cells, OptionalDouble repliesPerSecond) {
    return asked.targets().isEmpty()
        ? ComparisonVerdicts.of(cells)
        : ComparisonVerdicts.ofNamedServers(cells, repliesPerSecond);
  }

  private Configuration configuration(OptionalDouble repliesPerSecond) {
    Profile profile = asked.profile();
    return new Configuration(
        profile.label(),
        profile.scenarios().stream().map(ComparisonScenario::label).toList(),
        trials,
        forks,
        asked.targets().isEmpty()
            ? null
            : asked.targets().values().stream().map(Address::toString).toList(),
        sockets.local().any() ? sockets.local().end().toString() : null,
        seed,
        sockets.receiveLimit(),
        sockets.threads().label(),
        sockets.waiting().toString(),
        sockets.io().label(),
        repliesPerSecond.isPresent() ? (Double) repliesPerSecond.getAsDouble() : null,
        asked.placements(),
        links(),
        linkMode.label());
  }

  private List<String> links() {
    TransferPlan files = asked.files();
    return files == null
        ? asked.links().stream().map(plan -> plan.spec().toString()).toList()
        : List.of(files.spec().toString());
  }
}
