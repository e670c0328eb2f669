package dev.sockbed.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.stats.Comparison;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
final class WorkloadPlanTest {
  private static final Duration TIME = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FILE")
  void everyUseCanBeAnsweredWithinHalfAMinute(Use use) {
    Workload need = (Workload) use.need();
    LinkPlan plan = WorkloadPlan.of(need, Variant.OVER_LINKS, LinkMode.RELAY, 1, TIME, null);

    assertThat(WorkloadPlan.tooFew(need, plan)).isNull();
    assertThat(plan.trials()).isGreaterThanOrEqualTo(Comparison.FEWEST);
    assertThat(plan.duration()).isLessThan(Duration.ofSeconds(30));
    assertThat(plan.patience()).isGreaterThan(need.deadline());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 5, 60, 200, 1_000, 5_000})
  void noRateMakesSoManyMessagesAtOnceThatThisMachineDecides(double rate) {
    LinkPlan plan =
        WorkloadPlan.of(need(rate, 0.99), Variant.OVER_LINKS, LinkMode.RELAY, 1, TIME, null);

    assertThat(plan.trials()).isGreaterThanOrEqualTo(Comparison.FEWEST);
    assertThat(plan.together() == 1 || plan.together() * rate * 3 <= 1_800).isTrue();
  }

  @Test
  void aNeedThatSoFewMessagesCanNotShowIsToldBeforeTheTimeIsSpent() {
    Workload rare = need(0.5, 0.9999);
    LinkPlan plan = WorkloadPlan.of(rare, Variant.OVER_LINKS, LinkMode.RELAY, 1, TIME, null);

    assertThat(WorkloadPlan.tooFew(rare, plan)).contains("even if all arrive");
    assertThat(
            WorkloadPlan.tooFew(
                rare, WorkloadPlan.of(rare, Variant.OVER_LINKS, LinkMode.RELAY, 1, TIME, 5)))
        .isEqualTo("5 trials are too few to tell anything: 6 are needed");
  }

  private static Workload need(double rate, double mustArrive) {
    return new Workload("own", 100, rate, 1, Duration.ofMillis(100), mustArrive, LinkSpec.PERFECT);
  }
}
