package dev.sockbed.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.SampleResults;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("unit")
class LimitOptionsTest {
  private static final List<Cell> CELLS = SampleResults.full(1).cells();

  @Test
  void withoutALimitNothingIsAsked() {
    assertThat(limits().given()).isFalse();
    assertThat(limits().ofPoints(CELLS)).isEmpty();
  }

  @Test
  void aTimeIsAskedOnlyWhereMessagesGoOneAtATimeOrOnASchedule() {
    assertThat(limits("--max-p99", "1ns").ofPoints(CELLS))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.missed()).contains("--max-p99"))
        .extracting(each -> Objects.requireNonNull(each.point()))
        .allMatch(point ->
            point.ratePerSecond() != null || Objects.equals(point.window(), point.connections()))
        .extracting(Point::scenario)
        .contains("rtt", "offered-load")
        .doesNotContain("floor", "receive-limit");
  }

  @Test
  void aRateIsAskedOnlyWhereManyAreInFlight() {
    assertThat(limits("--min-rate", "1/s").ofPoints(CELLS))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.missed()).isNull())
        .extracting(each -> Objects.requireNonNull(each.point()).scenario())
        .contains("throughput")
        .doesNotContain("floor", "receive-limit", "rtt");
  }

  @Test
  void lossIsAskedOfAllThatIsOurs() {
    assertThat(limits("--max-loss", "5%").ofPoints(CELLS))
        .anySatisfy(each ->
            assertThat(each.missed())
                .isEqualTo(
                    "6.0 % of the messages did not come back whole and in time, and --max-loss"
                        + " allows 5.0 %"))
        .anySatisfy(each -> assertThat(each.missed()).isNull())
        .extracting(each -> Objects.requireNonNull(each.point()).scenario())
        .doesNotContain("floor", "receive-limit");
  }

  @Test
  void aLimitOfNothingThatWasMeasuredIsNotReached() {
    List<Cell> onlyTimes = CELLS.stream().filter(cell -> cell.scenario().equals("rtt")).toList();

    assertThat(limits("--min-rate", "1/s").ofPoints(onlyTimes))
        .containsExactly(
            new Requirement(
                null,
                "at least 1.00 messages/s",
                "nothing was measured that is to have at least 1.00 messages/s"));
  }

  private static LimitOptions limits(String... flags) {
    LimitOptions limits = new LimitOptions();
    new CommandLine(new Holder(limits)).parseArgs(flags);
    return limits;
  }

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin LimitOptions limits) {}
}
