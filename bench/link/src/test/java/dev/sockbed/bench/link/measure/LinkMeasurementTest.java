package dev.sockbed.bench.link.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** All manners over one link, as the comparison measures them. */
@Tag("socket")
class LinkMeasurementTest {
  private static final int MESSAGES = 200;

  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  @Test
  void everyVariantsMessagesAreAccountedFor() throws IOException {
    List<Cell> cells = LinkMeasurement.all(plan("loss=5%", Duration.ZERO), 1, () -> false);

    assertThat(cells).extracting(Cell::variant).containsExactly("tcp", "udp", "udp+retry");
    Cell tcp = cells.get(0);
    Cell udp = cells.get(1);
    Cell retry = cells.get(2);
    assertThat(tcp.outcomes().ok() + tcp.outcomes().late()).isEqualTo(MESSAGES);
    assertThat(udp.outcomes().lost())
        .isEqualTo(detail(udp).up().lost() + detail(udp).down().lost())
        .isPositive();
    assertThat(retry.outcomes().ok()).isEqualTo(MESSAGES);
    assertThat(detail(retry).resent()).isPositive();
    assertThat(detail(udp).responsesNs()).hasSize(MESSAGES);
    assertThat(detail(udp).setUpsNs()).hasSize(2);
    LinkDetail.InTime last = detail(udp).inTime().getLast();
    assertThat(last.messages())
        .isEqualTo(
            detail(udp).responsesNs().stream()
                .filter(nanos -> nanos != null && nanos <= last.deadlineNs())
                .count())
        .isPositive();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theOptionsThatAVariantIsMadeOfAreSet() {
    LinkPlan plan =
        plan("perfect", Duration.ZERO).withVariants(List.of(Variant.congestion("nosuch")));

    assertThatThrownBy(() -> LinkMeasurement.all(plan, 1, () -> false))
        .hasMessageContaining("nosuch");
  }

  @Test
  void anOutageIsRecoveredFrom() throws IOException {
    List<Cell> cells = LinkMeasurement.all(plan("perfect", Duration.ofMillis(300)), 1, () -> false);

    assertThat(cells)
        .allSatisfy(cell -> assertThat(detail(cell).recoveryNs()).isNotNull().isNotNegative());
  }

  @Test
  void trialsHaveSeedsOfTheirOwnAndOnlyTheFirstHasNewClientsAndAnOutage() throws IOException {
    List<Cell> cells =
        LinkMeasurement.some(plan("loss=5%", Duration.ofMillis(100)), 1, () -> false);

    assertThat(cells).extracting(Cell::trial).containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(cells)
        .extracting(cell -> detail(cell).seed())
        .containsExactly(3L, 3L, 3L, 4L, 4L, 4L);
    assertThat(cells)
        .extracting(cell -> detail(cell).setUpsNs().size())
        .containsExactly(2, 2, 2, 0, 0, 0);
    assertThat(detail(cells.getFirst()).recoveryNs()).isNotNull();
    assertThat(detail(cells.getLast()).recoveryNs()).isNull();
  }

  @Test
  void aTrialThatThisMachineHeldUpIsMadeAgainAndSaysHowOften() throws IOException {
    // A schedule that no machine keeps to: a message every microsecond.
    LinkPlan hopeless =
        new LinkPlan(
            Variant.OVER_LINKS,
            LinkText.parse("perfect"),
            LinkMode.RELAY,
            3,
            50_000,
            128,
            1_000_000,
            Duration.ofMillis(100),
            0,
            Duration.ZERO,
            1);

    List<Cell> cells = LinkMeasurement.all(hopeless, 1, () -> false);

    assertThat(cells).allSatisfy(cell -> assertThat(detail(cell).repeats()).isEqualTo(1));
    assertThat(cells).anyMatch(cell -> detail(cell).heldUp(cell.sent()));
  }

  @Test
  void aCancelledMeasurementEndsAtOnce() throws IOException {
    List<Cell> cells = LinkMeasurement.all(plan("loss=5%", Duration.ZERO), 1, () -> true);

    assertThat(cells).allSatisfy(cell -> assertThat(cell.outcomes().ok()).isZero());
  }

  @Test
  void theTimerWaitsTwiceAsLongEachTime() {
    RetryTimer timer = new RetryTimer();
    assertThat(timer.waitNanos(1)).isEqualTo(200_000_000);

    timer.answered(40_000_000);
    // RFC 6298, 2.2: the smoothed time is the first one, its variation half of it.
    assertThat(timer.waitNanos(1)).isEqualTo(120_000_000);
    assertThat(timer.waitNanos(2)).isEqualTo(240_000_000);
    assertThat(timer.waitNanos(9)).isEqualTo(1_000_000_000);
  }

  /** Over a relay, which is to be had everywhere. */
  private static LinkPlan plan(String link, Duration outage) {
    return new LinkPlan(
        Variant.OVER_LINKS,
        LinkText.parse(link),
        LinkMode.RELAY,
        3,
        MESSAGES,
        128,
        500,
        Duration.ofSeconds(5),
        2,
        outage,
        2);
  }

  private static LinkDetail detail(Cell cell) {
    return (LinkDetail) Objects.requireNonNull(cell.detail());
  }
}
