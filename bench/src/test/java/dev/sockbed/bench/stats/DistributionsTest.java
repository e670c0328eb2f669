package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against values from printed tables. */
@Tag("unit")
class DistributionsTest {
  @ParameterizedTest
  @CsvSource({
    "0.025, 2, 4.302653",
    "0.025, 4, 2.776445",
    "0.025, 19, 2.093024",
    "0.0005, 8, 5.041305",
    "0.05, 1000, 1.646379",
    "0.5, 7, 0"
  })
  void theQuantilesOfStudentsT(double tail, double degreesOfFreedom, double t) {
    assertThat(StudentT.upperQuantile(tail, degreesOfFreedom)).isCloseTo(t, within(2e-5));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "-1, 0.158655254", "-1.959963985, 0.025", "3.1, 0.999032397"})
  void theNormalDistribution(double x, double below) {
    assertThat(Normal.below(x)).isCloseTo(below, within(1e-9));
  }

  @Test
  void theMedianOfOddAndEvenNumbersOfValues() {
    assertThat(Median.of(3, 1, 2)).isEqualTo(2);
    assertThat(Median.of(4, 1, 3, 2)).isEqualTo(2.5);
    assertThat(Median.of(7)).isEqualTo(7);
    assertThat(Median.of(5, 5, 5, 5)).isEqualTo(5);
    assertThatIllegalArgumentException().isThrownBy(Median::of);
  }

  @Test
  void aResampleHasTheMedianOfItsPairs() {
    long seed = 20_260_102;
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      double[] one = random.ints(1 + random.nextInt(8), 0, 12).asDoubleStream().toArray();
      double[] other = random.ints(1 + random.nextInt(8), 0, 12).asDoubleStream().toArray();
      double[] first = random.ints(one.length, 0, one.length).mapToDouble(i -> one[i]).toArray();
      double[] second =
          random.ints(other.length, 0, other.length).mapToDouble(i -> other[i]).toArray();

      assertThat(PairMedian.ofMeans(one).weighted(times(one, first), times(one, first)))
          .as("seed %d, run %d", seed, run)
          .isEqualTo(PairMedian.ofMeans(first).ofEachOnce());
      assertThat(
              PairMedian.ofDifferences(one, other)
                  .weighted(times(one, first), times(other, second)))
          .as("seed %d, run %d", seed, run)
          .isEqualTo(PairMedian.ofDifferences(first, second).ofEachOnce());
    }
  }

  /** How often each value was drawn; equal values are counted at the first of them. */
  private static int[] times(double[] values, double[] drawn) {
    int[] times = new int[values.length];
    for (double value : drawn) {
      times[Arrays.stream(values).boxed().toList().indexOf(value)]++;
    }
    return times;
  }

  @Test
  void holmKeepsTheOrderAndNeverExceedsOne() {
    assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
    assertThat(Holm.adjust(new double[] {0.9, 0.8})).containsExactly(1, 1);
    assertThat(Holm.adjust(new double[0])).isEmpty();
  }

  @Test
  void welchsTestTellsALargerFactorFromASmallerOne() {
    double[] before = {100, 101, 99, 100.5, 99.5};
    double[] slower = {110, 111, 109, 110.5, 109.5};

    assertThat(WelchTest.exceeds(slower, before, 1.05)).isLessThan(0.001);
    assertThat(WelchTest.exceeds(slower, before, 1.2)).isGreaterThan(0.999);
    assertThat(WelchTest.exceeds(before, before, 1)).isCloseTo(0.5, within(1e-9));
    assertThat(WelchTest.exceeds(new double[] {2, 2}, new double[] {1, 1}, 1.5)).isZero();
    assertThat(WelchTest.exceeds(new double[] {1, 1}, new double[] {1, 1}, 1.5)).isOne();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WelchTest.exceeds(new double[] {1}, before, 1));
  }

  @Test
  void aDisturbedTrialAmongManyHidesNothing() {
    double[] fast = new double[12];
    double[] slow = new double[12];
    for (int i = 0; i < fast.length; i++) {
      fast[i] = 100 + i % 3;
      slow[i] = 112 + i % 3;
    }
    fast[4] = 900;
    slow[7] = 20;

    assertThat(WelchTest.exceeds(slow, fast, 1.05)).isLessThan(0.001);
    assertThat(WelchTest.exceeds(fast, slow, 1.05)).isGreaterThan(0.99);
  }

  @Test
  void welchsTestRaisesAsManyFalseAlarmsAsItSays() {
    Random random = new Random(20_260_102);
    int alarms = 0;
    int runs = 4_000;
    for (int run = 0; run < runs; run++) {
      double[] one = random.doubles(5, 95, 105).toArray();
      double[] other = random.doubles(9, 80, 120).toArray();
      alarms += WelchTest.exceeds(one, other, 1) < 0.05 ? 1 : 0;
    }
    assertThat(1.0 * alarms / runs).isBetween(0.03, 0.065);
  }
}
