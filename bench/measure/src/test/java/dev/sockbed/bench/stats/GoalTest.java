package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class GoalTest {
  private static final Comparison FIVE = new Comparison(5, 4.5, 5.5, 5);

  @Test
  void aBoundIsReachedFromItsOwnSideAndAtIt() {
    assertThat(Goal.atLeast(4.9, "x", FIVE).reached()).isTrue();
    assertThat(Goal.atLeast(5, "x", FIVE).reached()).isTrue();
    assertThat(Goal.atLeast(5.1, "x", FIVE).reached()).isFalse();
    assertThat(Goal.atMost(5.1, "x", FIVE).reached()).isTrue();
    assertThat(Goal.atMost(5, "x", 5.0).reached()).isTrue();
    assertThat(Goal.atMost(4.9, "x", FIVE).reached()).isFalse();
  }

  @Test
  void itsLineSaysTheClaimTheNumberItsIntervalAndTheBound() {
    assertThat(Goal.atLeast(4, "blocking / spinning", FIVE).line())
        .isEqualToNormalizingWhitespace(
            "reached blocking / spinning: 5.00 (4.50 to 5.50), to be at least 4.00");
    assertThat(Goal.atMost(4096, "bytes", 5000).line())
        .isEqualToNormalizingWhitespace("NOT reached bytes: 5,000, to be at most 4,096");
    assertThat(Goal.atMost(0.01, "bytes", 0.0044).line())
        .isEqualToNormalizingWhitespace("reached bytes: 0.0044, to be at most 0.0100");
  }
}
