package dev.sockbed.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often a comparison of runs raises a false alarm, and how often it misses a slow build. */
@Tag("soak")
class DifferenceRatesTest {
  private static final double TOLERANCE = 0.05;

  @Test
  void ofTwentyPairsOfRunsOfTheSameBuildAtMostTwoRaiseAnAlarm() {
    int alarms = 0;
    for (int pair = 0; pair < 20; pair++) {
      Results first = SampleResults.of(1_000 + pair, 5, 1_000, 1);
      Results second = SampleResults.of(2_000 + pair, 5, 1_000, 1);
      alarms += Difference.between(first, second, TOLERANCE, 1).bad() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(2);
  }

  @Test
  void aBuildSlowedByTenPercentIsFoundAtLeastEightTimesInTen() {
    int found = 0;
    for (int pair = 0; pair < 10; pair++) {
      Results first = SampleResults.of(1_000 + pair, 5, 1_000, 1);
      Results second = SampleResults.of(3_000 + pair, 5, 1_000, 1.1);
      found += Difference.between(first, second, TOLERANCE, 1).bad() ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(8);
  }
}
