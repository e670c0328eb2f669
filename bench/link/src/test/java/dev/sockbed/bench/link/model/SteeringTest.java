package dev.sockbed.bench.link.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SteeringTest {
  private static final long SECOND = 1_000_000_000;
  private static final LinkSpec CUT = LinkText.parse("outage");

  private final Steering steering = new Steering(7);
  private final Timeline timeline = Timeline.constant(LinkSpec.PERFECT).steeredBy(steering);

  @Test
  void whatIsSetHoldsFromTheNextPacketOnUntilItIsGivenBack() {
    LinkModel up = new LinkModel(timeline, Direction.UP, 1, 0);
    LinkModel down = new LinkModel(timeline, Direction.DOWN, 1, 0);

    assertThat(up.offer(1, 100).drop()).isNull();
    steering.set(new Steering.Setting(LinkText.parse("up-outage,down-delay=5ms"), 1));
    assertThat(up.offer(2, 100).drop()).isEqualTo(Drop.OUTAGE);
    assertThat(down.offer(2, 100).arrivalNanos()).isEqualTo(5_000_002);
    steering.set(null);
    assertThat(up.offer(3, 100).drop()).isNull();
    assertThat(down.offer(3, 100).arrivalNanos()).isEqualTo(3);
  }

  @Test
  void aShareIsOfConnectionsAndTheSameOnesInBothDirections() {
    steering.set(new Steering.Setting(CUT, 0.3));
    Conditions up = new Conditions(timeline, Direction.UP, 0);
    Conditions down = new Conditions(timeline, Direction.DOWN, 0);

    List<Long> cut =
        LongStream.range(0, 10_000).filter(number -> up.at(1, number).outage()).boxed().toList();

    // Of 10,000 draws at 0.3; five standard deviations are 229.
    assertThat(cut).hasSizeBetween(2_771, 3_229);
    assertThat(LongStream.range(0, 10_000).filter(number -> down.at(2, number).outage()).boxed())
        .containsExactlyElementsOf(cut);
    steering.set(new Steering.Setting(CUT, 0));
    assertThat(LongStream.range(0, 10_000).filter(number -> up.at(3, number).outage())).isEmpty();
  }

  @Test
  void aStreamOfAConnectionThatIsNotAmongTheShareIsLeftAsItWas() {
    steering.set(new Steering.Setting(LinkText.parse("delay=5ms"), 0.5));
    List<Long> delays =
        LongStream.range(0, 100)
            .map(number ->
                new StreamModel(timeline, Direction.UP, 1, number, 0, 0, new PacketCounts())
                    .offer(SECOND, 10))
            .map(arrival -> arrival - SECOND)
            .boxed()
            .distinct()
            .toList();

    assertThat(delays).containsExactlyInAnyOrder(0L, 5_000_000L);
  }

  @Test
  void aShareIsAPartOfAll() {
    assertThatThrownBy(() -> new Steering.Setting(CUT, 1.5))
        .hasMessageContaining("the share of connections must be 0 % to 100 %");
  }

  @Test
  void whatWasPlannedForAMomentIsFound() {
    Timeline changing =
        TimelineText.parse(LinkSpec.PERFECT, List.of("1s loss=5%", "3s loss=0%", "4s outage"));

    assertThat(changing.plannedAt(Duration.ZERO)).hasToString("perfect");
    assertThat(changing.plannedAt(Duration.ofSeconds(1))).hasToString("loss=5%");
    assertThat(changing.plannedAt(Duration.ofMillis(2_999))).hasToString("loss=5%");
    assertThat(changing.plannedAt(Duration.ofHours(1))).hasToString("outage");
  }
}
