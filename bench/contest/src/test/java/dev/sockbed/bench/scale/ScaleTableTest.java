package dev.sockbed.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.scale.ScaleTable.Sample;
import dev.sockbed.bench.stats.Goal;
import dev.sockbed.common.ThreadKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ScaleTableTest {
  private static List<Sample> trial(long p99, long heap) {
    return List.of(
        new Sample(0, 500_000, 1_000_000, 0, 0, 20, 30),
        new Sample(10_000, 600_000, p99, heap, 2 * heap, 25, 10_030));
  }

  private static ScaleTable table(boolean back) {
    ScaleTable table = new ScaleTable();
    for (int i = 0; i < 6; i++) {
      table.add(ThreadKind.PLATFORM, trial(1_500_000, 10_000_000), true);
      table.add(ThreadKind.VIRTUAL, trial(2_500_000, 30_000_000), back || i > 0);
    }
    return table;
  }

  @Test
  void itHasALineForEachKindOfThreadAndNumberOfHeldConnections() {
    assertThat(table(true).text().lines()).hasSize(2 + 4);
    assertThat(table(true).text())
        .contains("| platform | 0 | 500.0 | 1000.0 | 1.00 (1.00 to 1.00) |  |  | 20 | 30 |")
        .contains(
            "| virtual | 10,000 | 600.0 | 2500.0 | 2.50 (2.50 to 2.50) | 3,000 B | 6,000 B |");
  }

  @Test
  void theGoalsAreAboutTheFullestRow() {
    assertThat(table(true).goals())
        .extracting(Goal::reached)
        .as("p99 platform, p99 virtual, heap virtual, back to the base line")
        .containsExactly(true, false, true, true);
    assertThat(table(true).goals().get(2).value()).isEqualTo(3_000);
  }

  @Test
  void aTrialThatLeavesSomethingIsToldAndMakesTheAnswerBad() {
    assertThat(table(true).allBack()).isTrue();
    assertThat(table(false).allBack()).isFalse();
    assertThat(table(false).goals().getLast().reached()).isFalse();
  }

  @Test
  void programsGetEveryTrial() {
    assertThat(table(true).cells())
        .hasSize(4)
        .last()
        .satisfies(cell -> {
          assertThat(cell.threads()).isEqualTo("virtual");
          assertThat(cell.held()).isEqualTo(10_000);
          assertThat(cell.p99Ns()).hasSize(6).containsOnly(2_500_000L);
          assertThat(cell.heapBytes()).hasSize(6).containsOnly(30_000_000L);
        });
  }
}
