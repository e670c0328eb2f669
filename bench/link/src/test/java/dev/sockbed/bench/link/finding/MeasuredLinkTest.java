package dev.sockbed.bench.link.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.SampleLinks;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.ShareComparison;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MeasuredLinkTest {
  @Test
  void theCellsOfOneLinkStandTogetherAndOtherCellsAreLeftOut() {
    List<MeasuredLink> links = MeasuredLink.of(SampleLinks.link(5, 50, false));

    assertThat(links).hasSize(1);
    assertThat(links.getFirst().loss()).isEqualTo(0.05);
    assertThat(links.getFirst().delay()).isEqualTo(Duration.ofMillis(50));
    assertThat(links.getFirst().inDetail()).isFalse();
  }

  @Test
  void aLinkOfWhichAWayOfSendingIsMissingIsNoneToCompare() {
    List<Cell> cells = SampleLinks.link(5, 50, false);

    assertThat(MeasuredLink.of(cells.subList(0, 2))).isEmpty();
  }

  @Test
  void aTimeWithinWhichAPartCameCountsWhatNeverCame() {
    MeasuredLink link = MeasuredLink.of(SampleLinks.link(5, 50, false)).getFirst();
    List<Long> came =
        link.byManner().values().stream().map(cells -> cells.getFirst().outcomes().ok()).toList();

    assertThat(came.get(1)).isBetween(300L, 396L); // Of 400: so 99 % never came.
    assertThat(link.within(MeasuredLink.UDP, 0.99)).isNull();
    assertThat(link.within(MeasuredLink.UDP, 0.5)).isBetween(100_000_000L, 101_000_000L);
    assertThat(link.within(MeasuredLink.UDP_RETRY, 0.99)).isBetween(230_000_000L, 232_000_000L);
    assertThat(link.within(MeasuredLink.TCP, 1)).isGreaterThan(290_000_000L);
  }

  @Test
  void theLastMessageThatIsNeededDecides() {
    Cell udp = SampleLinks.link(0, 10, false).get(1);
    MeasuredLink link = MeasuredLink.of(SampleLinks.link(0, 10, false)).getFirst();
    long longest = Objects.requireNonNull(udp.serviceNs().max());

    assertThat(link.within(MeasuredLink.UDP, 1)).isCloseTo(longest, within(longest / 500));
    assertThat(link.within(MeasuredLink.UDP, 399.0 / 400)).isLessThanOrEqualTo(longest);
  }

  @Test
  void theDeadlineLeavesRoomForTwiceTheRoundTripWhateverWasMeasured() {
    assertThat(deadline(0)).isEqualTo(Duration.ofMillis(20));
    assertThat(deadline(10)).isEqualTo(Duration.ofMillis(50));
    assertThat(deadline(50)).isEqualTo(Duration.ofMillis(200));
    assertThat(deadline(500)).isEqualTo(Duration.ofSeconds(1));
  }

  private static Duration deadline(int delayMillis) {
    MeasuredLink link = MeasuredLink.of(SampleLinks.link(1, delayMillis, false)).getFirst();
    return link.deadlines().get(link.deadline());
  }

  @Test
  void sharesOfAllTrialsAreComparedAndTheirIntervalHoldsTheDifference() {
    MeasuredLink link =
        MeasuredLink.of(SampleLinks.sweep()).stream()
            .filter(each -> each.loss() == 0.1 && !each.delay().isZero())
            .findFirst()
            .orElseThrow();

    ShareComparison shares = link.shares(MeasuredLink.UDP, link.deadline(), 0.99);
    Comparison ratio = link.ratio(MeasuredLink.UDP, link.deadline(), 0.99);

    assertThat(link.trials()).isEqualTo(6);
    assertThat(shares.difference()).isEqualTo(link.advantage(MeasuredLink.UDP, link.deadline()));
    assertThat(shares.low()).isPositive().isLessThan(shares.difference());
    assertThat(shares.high()).isGreaterThan(shares.difference());
    assertThat(Objects.requireNonNull(ratio).low()).isGreaterThan(1).isLessThan(ratio.ratio());
    assertThat(ratio.high()).isGreaterThan(ratio.ratio());
  }

  @Test
  void oneTrialHasNoInterval() {
    MeasuredLink link = MeasuredLink.of(SampleLinks.link(10, 50, false)).getFirst();

    assertThat(link.shares(MeasuredLink.UDP, link.deadline(), 0.95).differs()).isFalse();
    assertThat(link.shares(MeasuredLink.UDP, link.deadline(), 0.95).low()).isNull();
  }
}
