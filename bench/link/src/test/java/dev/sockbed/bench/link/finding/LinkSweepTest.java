package dev.sockbed.bench.link.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.SampleLinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LinkSweepTest {
  private static final List<MeasuredLink> LINKS = MeasuredLink.of(SampleLinks.sweep());

  @Test
  void delaysAndLossesAreInOrderWhateverTheCellsOrderIs() {
    LinkSweep sweep = LinkSweep.of(LINKS);

    assertThat(sweep.delays())
        .extracting(LinkSweep.SameDelay::delay)
        .containsExactly(Duration.ZERO, Duration.ofMillis(50));
    assertThat(sweep.losses()).containsExactly(0.0, 0.01, 0.05, 0.1);
    assertThat(sweep.delays().getFirst().byLoss())
        .extracting(MeasuredLink::loss)
        .containsExactly(0.0, 0.01, 0.05, 0.1);
  }

  @Test
  void twoLinksOfTheSameDelayAreNoSweep() {
    List<MeasuredLink> two = new ArrayList<>(MeasuredLink.of(SampleLinks.link(0, 10, false)));
    two.addAll(MeasuredLink.of(SampleLinks.link(5, 10, false)));

    assertThat(LinkSweep.of(two).delays()).isEmpty();
    assertThat(LinkSweep.of(two).holds(two.getFirst())).isFalse();
  }

  @Test
  void theDeadlineIsThatOfItsLinks() {
    assertThat(LinkSweep.of(LINKS).delays())
        .extracting(delay -> delay.byLoss().getFirst().deadlines().get(delay.deadline()))
        .containsExactly(Duration.ofMillis(20), Duration.ofMillis(200));
  }

  @Test
  void aMannerIsAheadFromTheLeastLossOnFromWhichItStaysAhead() {
    LinkSweep.SameDelay slow = LinkSweep.of(LINKS).delays().getLast();

    assertThat(slow.firstAhead(MeasuredLink.UDP, 0.99).map(MeasuredLink::loss)).hasValue(0.01);
    assertThat(slow.firstAhead(MeasuredLink.UDP, 1 - 1e-9)).isEmpty();
    assertThat(slow.at(0.05).map(MeasuredLink::loss)).hasValue(0.05);
    assertThat(slow.at(0.02)).isEmpty();
  }
}
