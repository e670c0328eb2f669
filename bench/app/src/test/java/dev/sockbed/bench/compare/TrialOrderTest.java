package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class TrialOrderTest {
  private static final List<Transport> BOTH = List.of(Transport.TCP, Transport.UDP);

  private final List<PlannedPoint> points = List.of(point(1, 10), point(16, 10), point(128, 4));

  @Test
  void everyPointIsMeasuredInEachOfItsTrialsOverBothTransports() {
    TrialOrder schedule = TrialOrder.draw(points, BOTH, 1);

    Map<Integer, Long> steps =
        schedule.steps().stream()
            .collect(
                Collectors.groupingBy(step -> step.point().sizeBytes(), Collectors.counting()));
    assertThat(steps).containsOnly(entry(1, 20L), entry(16, 20L), entry(128, 8L));
    assertThat(schedule.steps()).doesNotHaveDuplicates();
  }

  @Test
  void theTwoTransportsOfAPointFollowEachOther() {
    List<TrialOrder.Step> steps = TrialOrder.draw(points, BOTH, 7).steps();

    assertThat(IntStream.iterate(0, i -> i < steps.size(), i -> i + 2).boxed())
        .allSatisfy(i -> {
          TrialOrder.Step first = steps.get(i);
          TrialOrder.Step second = steps.get(i + 1);
          assertThat(second.point()).isEqualTo(first.point());
          assertThat(second.trial()).isEqualTo(first.trial());
          assertThat(second.transport()).isNotEqualTo(first.transport());
        });
  }

  @Test
  void noTransportAlwaysGoesFirst() {
    List<TrialOrder.Step> steps = TrialOrder.draw(points, BOTH, 7).steps();

    assertThat(IntStream.iterate(0, i -> i < steps.size(), i -> i + 2).boxed())
        .extracting(i -> steps.get(i).transport())
        .contains(Transport.TCP, Transport.UDP);
  }

  @Test
  void trialsComeOneAfterTheOtherAndTheOrderWithinThemDiffers() {
    List<TrialOrder.Step> steps = TrialOrder.draw(points, BOTH, 3).steps();

    assertThat(steps).extracting(TrialOrder.Step::trial).isSorted();
    Map<Integer, List<Integer>> orders =
        steps.stream()
            .collect(
                Collectors.groupingBy(
                    TrialOrder.Step::trial,
                    Collectors.mapping(step -> step.point().sizeBytes(), Collectors.toList())));
    assertThat(orders.values().stream().distinct().count()).isGreaterThan(2);
  }

  @Test
  void theSameSeedDrawsTheSameAndAnotherAnother() {
    assertThat(TrialOrder.draw(points, BOTH, 5)).isEqualTo(TrialOrder.draw(points, BOTH, 5));
    assertThat(TrialOrder.draw(points, BOTH, 5)).isNotEqualTo(TrialOrder.draw(points, BOTH, 6));
  }

  @Test
  void itTakesAsLongAsItsStepsTogetherWithWhatBelongsToThem() {
    Duration step = points.getFirst().expected();

    assertThat(step).isGreaterThan(points.getFirst().duration());
    assertThat(TrialOrder.draw(points, BOTH, 1).expected()).isEqualTo(step.multipliedBy(48));
  }

  private static PlannedPoint point(int sizeBytes, int trials) {
    return new PlannedPoint(
        ComparisonScenario.RTT,
        CpuPlacement.ANYWHERE,
        sizeBytes,
        1,
        1,
        null,
        Duration.ofMillis(10),
        trials);
  }
}
