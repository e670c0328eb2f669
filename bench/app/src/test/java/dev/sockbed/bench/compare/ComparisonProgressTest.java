package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.common.Transport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the status line says is still to come. */
@Tag("unit")
final class ComparisonProgressTest {
  private static final List<LinkPlan> LINK =
      LinkPlans.of(Profile.QUICK, null, LinkMode.AUTO, 1, LinkPlans.TRIALS);
  private static final Duration OVER_LINK = LINK.getFirst().duration();

  private final StringWriter terminal = new StringWriter();
  private final ComparisonProgress progress =
      new ComparisonProgress(new StatusLine(new PrintWriter(terminal), 80), LINK, this::now);

  private long now = 7;

  private long now() {
    return now;
  }

  @Test
  void theWarmUpAndTheLinksBelongToWhatIsLeft() {
    progress.warmingUp(Duration.ofSeconds(4), Duration.ofSeconds(60));

    assertThat(told()).isEqualTo(left(OVER_LINK.plusSeconds(64)) + ": warming up");
  }

  @Test
  void whatGoesAsExpectedIsNotCorrected() {
    begins(60);
    assertThat(told())
        .isEqualTo(
            left(OVER_LINK.plusSeconds(60)) + ": trial 2 of 7, round trip, 128 bytes over udp");
    now += Duration.ofSeconds(20).toNanos();
    begins(40);
    assertThat(told()).startsWith(left(OVER_LINK.plusSeconds(40)));
  }

  @Test
  void aSlowMachineIsSeenToBeSlow() {
    begins(60);
    now += Duration.ofSeconds(60).toNanos(); // Three times as long as expected.
    begins(40);

    // 40 s × (60 s + 5 s) / (20 s + 5 s)
    assertThat(told()).startsWith(left(OVER_LINK.plusSeconds(104)));
  }

  @Test
  void overTheLastLinkOnlyThatIsLeft() {
    progress.overLink(LINK.getFirst());

    assertThat(told()).isEqualTo(left(OVER_LINK) + ": over loss=2%,delay=10ms");
  }

  private void begins(int secondsLeft) {
    PlannedPoint point =
        new PlannedPoint(
            ComparisonScenario.RTT,
            CpuPlacement.ANYWHERE,
            128,
            1,
            1,
            null,
            Duration.ofMillis(100),
            7);
    progress.begins(new TrialOrder.Step(point, Transport.UDP, 2), Duration.ofSeconds(secondsLeft));
  }

  private static String left(Duration duration) {
    return Math.round(duration.toMillis() / 1e3) + " s left";
  }

  /** The text last shown. */
  private String told() {
    String all = terminal.toString();
    return all.substring(all.lastIndexOf("\u001b[K") + 3);
  }
}
