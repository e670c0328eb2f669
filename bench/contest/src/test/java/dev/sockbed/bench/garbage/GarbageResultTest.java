package dev.sockbed.bench.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.stats.Goal;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class GarbageResultTest {

  @Test
  void thePathsAreTheClientOnEachWayBatchesAndBothLoops() {
    List<GarbagePath> paths = GarbagePath.all();
    assertThat(paths).doesNotHaveDuplicates();
    for (Transport transport : Transport.values()) {
      for (IoMode io : List.of(IoMode.PLAIN, IoMode.BATCHED)) {
        assertThat(paths.stream().filter(path -> path.transport() == transport && path.io() == io))
            .filteredOn(path -> path.work() == TrafficPattern.EXCHANGE)
            .extracting(path -> path.waiting().toString())
            .containsExactly("block", "spin");
        for (TrafficPattern loop : List.of(TrafficPattern.CLOSED_LOOP, TrafficPattern.OPEN_LOOP)) {
          assertThat(paths)
              .anyMatch(
                  path -> path.work() == loop && path.transport() == transport && path.io() == io);
        }
      }
    }
  }

  @Test
  void theTableHasALineForEachPathAndTheWorstIsJudged() {
    GarbageResult result = new GarbageResult();
    for (GarbagePath path : GarbagePath.all()) {
      result.add(path, 5_000_000, path.io() == IoMode.PLAIN ? 0.0049 : 0.0002);
    }
    assertThat(result.text().lines()).hasSize(2 + GarbagePath.all().size());
    assertThat(result.text()).contains("load, open loop", "5,000,000", "0.0049", "0.0002");
    assertThat(result.goals())
        .singleElement()
        .satisfies(goal -> {
          assertThat(goal.value()).isEqualTo(0.0049);
          assertThat(goal.reached()).isTrue();
        });

    result.add(GarbagePath.all().getFirst(), 10, 0.02);

    assertThat(result.goals()).extracting(Goal::reached).containsExactly(false);
  }
}
