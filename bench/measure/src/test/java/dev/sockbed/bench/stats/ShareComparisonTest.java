package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ShareComparisonTest {
  private static final int MESSAGES = 150;

  @Test
  void theRatiosIntervalHoldsOneJustWhereTheDifferencesHoldsZero() {
    Random random = new Random(7);
    int claimed = 0;
    for (int i = 0; i < 400; i++) {
      List<List<Share.Count>> one = trials(random, 0.7, 0.1);
      List<List<Share.Count>> other = trials(random, 0.8, 0.1);

      boolean differs = ShareComparison.of(one, other, 0.95).differs();

      assertThat(ShareComparison.ratio(one, other, 0.95).excludes(1)).isEqualTo(differs);
      claimed += differs ? 1 : 0;
    }
    assertThat(claimed).isBetween(20, 380);
  }

  @Test
  void theRatiosIntervalHoldsTheTrueRatioAsOftenAsItSays() {
    Random random = new Random(11);
    int held = 0;
    int runs = 1_000;
    for (int i = 0; i < runs; i++) {
      Comparison ratio =
          ShareComparison.ratio(trials(random, 0.6, 0.15), trials(random, 0.9, 0.05), 0.95);

      double low = Objects.requireNonNull(ratio.low());
      double high = Objects.requireNonNull(ratio.high());
      held += low <= 1.5 && high >= 1.5 ? 1 : 0;
    }
    assertThat(held).isBetween(runs * 93 / 100, runs * 99 / 100);
  }

  @Test
  void aShareThatMayBeNothingLeavesTheRatioOpenAboveAndNothingHasNone() {
    List<List<Share.Count>> none = List.of(List.of(count(0), count(0), count(0)));
    List<List<Share.Count>> few =
        List.of(List.of(count(1), count(0), count(0), count(0), count(0), count(0)));
    List<List<Share.Count>> many =
        List.of(List.of(count(90), count(90), count(90), count(90), count(90), count(90)));

    assertThat(ShareComparison.ratio(few, many, 0.999).ratio()).isEqualTo(540);
    assertThat(ShareComparison.ratio(many, none, 0.95).low()).isNull();
    assertThatThrownBy(() -> ShareComparison.ratio(none, many, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Share.Count count(long counted) {
    return new Share.Count(counted, MESSAGES);
  }

  /** Six trials, each with a luck of its own. */
  private static List<List<Share.Count>> trials(Random random, double share, double spread) {
    List<Share.Count> trials = new ArrayList<>();
    for (int trial = 0; trial < Comparison.FEWEST; trial++) {
      double ofThis = share + spread * (2 * random.nextDouble() - 1);
      trials.add(count(random.doubles(MESSAGES).filter(drawn -> drawn < ofThis).count()));
    }
    return List.of(trials);
  }
}
