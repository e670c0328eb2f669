package dev.sockbed.bench.link.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.TransferDetail;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files over loopback, and over relays of which it is known what they lose. */
@Tag("socket")
final class TransfersTest {
  private static final int BYTES = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  @Test
  void overLoopbackEachVariantBringsTheWholeFileBothWays() throws IOException {
    List<Cell> cells =
        Transfers.overLoopback(
            plan("perfect", List.of(Variant.TCP, Variant.UDP_RETRY), PATIENCE), 2, () -> false);

    assertThat(cells)
        .extracting(Cell::variant, Cell::scenario)
        .containsExactly(
            tuple("tcp", "transfer down loopback"),
            tuple("udp+retry", "transfer down loopback"),
            tuple("tcp", "transfer up loopback"),
            tuple("udp+retry", "transfer up loopback"));
    assertThat(cells)
        .allSatisfy(cell -> {
          assertThat(cell.outcomes().ok()).isEqualTo(1);
          assertThat(detail(cell).arrivedBytes()).isEqualTo(BYTES);
          assertThat(detail(cell).cpuNs()).isPositive();
          assertThat(detail(cell).elapsedNs()).isPositive();
        });
  }

  @Test
  void whatALinkLosesComesOnlyIfItIsSentAgain() throws IOException {
    List<Cell> cells =
        Transfers.some(
            plan("loss=30%", List.of(Variant.UDP, Variant.UDP_RETRY), PATIENCE), 1, () -> false);

    assertThat(cells).hasSize(4);
    for (Cell cell : cells) {
      TransferDetail detail = detail(cell);
      if (cell.variant().equals("udp")) {
        // 84 datagrams one way: the chance that none is lost is 1 in 10 trillion.
        assertThat(cell.outcomes().ok()).isZero();
        assertThat(detail.arrivedBytes()).isLessThan(BYTES);
        assertThat(detail.resent()).isZero();
      } else {
        assertThat(cell.outcomes().ok()).isEqualTo(1);
        assertThat(detail.arrivedBytes()).isEqualTo(BYTES);
        assertThat(detail.resent()).isPositive();
        assertThat(Objects.requireNonNull(detail.wireBytes())).isGreaterThan(BYTES * 13L / 10);
      }
    }
  }

  @Test
  void aFileThatComesAfterItsDeadlineIsLate() throws IOException {
    TransferPlan plan = plan("delay=100ms", List.of(Variant.TCP), Duration.ofMillis(50));

    assertThat(Transfers.some(plan, 1, () -> false))
        .allSatisfy(cell -> assertThat(cell.outcomes().late()).isEqualTo(1));
  }

  @Test
  void aFileThatNeverComesIsGivenUp() throws IOException {
    TransferPlan plan =
        new TransferPlan(
            Variant.OVER_LINKS,
            LinkText.parse("delay=30s"),
            LinkMode.RELAY,
            1,
            BYTES,
            List.of(Direction.UP, Direction.DOWN),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            2,
            2);

    assertThat(Transfers.some(plan, 1, () -> false))
        .hasSize(6)
        .allSatisfy(cell -> assertThat(cell.outcomes().lost()).isEqualTo(1));
  }

  @Test
  void aTransferThatIsCancelledEndsSoon() throws IOException {
    TransferPlan plan = plan("delay=30s", List.of(Variant.TCP, Variant.UDP_RETRY), PATIENCE);
    long start = System.nanoTime();

    Transfers.some(plan, 1, () -> true);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
  }

  private static TransferPlan plan(String link, List<Variant> variants, Duration deadline) {
    return new TransferPlan(
        variants,
        LinkText.parse(link),
        LinkMode.RELAY,
        1,
        BYTES,
        List.of(Direction.UP, Direction.DOWN),
        deadline,
        PATIENCE,
        2,
        2);
  }

  private static TransferDetail detail(Cell cell) {
    return (TransferDetail) Objects.requireNonNull(cell.detail());
  }
}
