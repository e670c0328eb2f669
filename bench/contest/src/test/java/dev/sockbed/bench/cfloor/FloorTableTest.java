package dev.sockbed.bench.cfloor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.stats.Goal;
import dev.sockbed.common.Transport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FloorTableTest {
  private static final FloorCase TRIP =
      new FloorCase(Transport.TCP, FloorCase.Way.BLOCK, 128, 1, FloorCase.Place.ONE_CPU, 1.03);
  private static final FloorCase RATE =
      new FloorCase(Transport.UDP, FloorCase.Way.BATCH, 128, 256, FloorCase.Place.TWO_CPUS, 0.8);

  @Test
  void aRoundTripIsToBeShortAndARateHigh() {
    FloorTable table = new FloorTable();
    for (int i = 0; i < 6; i++) {
      table.addC(TRIP, new FloorTrial(70_000, 10_000, 0));
      table.addOurs(TRIP, new FloorTrial(60_000, 11_000, 0));
      table.addC(RATE, new FloorTrial(9_000_000, 0, 0));
      table.addOurs(RATE, new FloorTrial(8_100_000, 0, 5));
    }

    assertThat(table.text())
        .contains(
            "| tcp       | block |    128 |      1 |  one |       10.00 µs |       11.00 µs | 1.10")
        .contains(
            "| udp       | batch |    128 |    256 |  two |    9,000,000/s |    8,100,000/s |"
                + " 0.90");
    assertThat(table.goals().stream().map(Goal::line))
        .containsExactly(
            "NOT reached  tcp block, 128 bytes, window 1, one processor: round trip p50, ours /"
                + " C's: 1.10 (1.10 to 1.10), to be at most 1.03\n",
            "reached      udp batch, 128 bytes, window 256, two processors: messages/s, ours / C's:"
                + " 0.90 (0.90 to 0.90), to be at least 0.80\n");
    assertThat(table.cells().getLast().oursLost()).containsOnly(5L);
  }

  @Test
  void aTrialWithoutAFigureIsToldAndNoRatioIsMadeOfTheOthers() {
    FloorTable table = new FloorTable();
    for (int i = 0; i < 6; i++) {
      table.addC(RATE, new FloorTrial(9_000_000, 0, 0));
      table.addOurs(RATE, new FloorTrial(i == 3 ? 0 : 8_100_000, 0, 0));
    }

    assertThat(table.text()).contains("| no figure ");
    assertThat(table.goals()).hasSize(1).noneMatch(Goal::reached);
    assertThat(table.goals().getFirst().line()).contains("trials without a figure");
  }

  @Test
  void aQuickRunHasEachWayOfEachTransport() {
    assertThat(FloorCase.ofEachKind())
        .extracting(one -> one.transport() + " " + one.way())
        .containsExactly(
            "TCP BLOCK", "UDP BLOCK", "TCP SPIN", "UDP SPIN", "TCP BATCH", "UDP BATCH");
  }
}
