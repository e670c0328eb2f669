package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ComparisonTest {
  private static final double[] TCP = {20.1, 19.9, 20.4, 20.0, 19.8, 20.2, 20.1};
  private static final double[] UDP = {15.9, 15.8, 16.1, 16.0, 15.7, 16.2, 15.9};

  @Test
  void theRatioIsInTheMiddleOfItsInterval() {
    Comparison comparison = Comparison.paired(UDP, TCP);

    assertThat(comparison.ratio()).isCloseTo(0.794, within(0.003));
    assertThat(comparison.low()).isBetween(0.78, comparison.ratio());
    assertThat(comparison.high()).isBetween(comparison.ratio(), 0.81);
    assertThat(comparison.trials()).isEqualTo(7);
    assertThat(comparison.excludes(1)).isTrue();
    assertThat(comparison.excludes(0.794)).isFalse();
  }

  @Test
  void theOtherWayRoundIsTheReciprocal() {
    double forth = Comparison.paired(UDP, TCP).ratio();
    double back = Comparison.paired(TCP, UDP).ratio();

    assertThat(forth * back).isCloseTo(1, within(1e-12));
  }

  @Test
  void pairsCancelWhatBothSidesShare() {
    double[] drift = {1, 1.3, 0.8, 1.6, 1.1, 0.7, 1.2};
    double[] udp = new double[7];
    double[] tcp = new double[7];
    Arrays.setAll(udp, i -> UDP[i] * drift[i]);
    Arrays.setAll(tcp, i -> TCP[i] * drift[i]);

    assertThat(Comparison.paired(udp, tcp).excludes(1)).isTrue();
    assertThat(independent(udp, tcp).excludes(1)).isFalse();
  }

  @Test
  void oneDisturbedTrialDoesNotCarryTheRatioAway() {
    double[] disturbed = UDP.clone();
    disturbed[3] *= 50;

    assertThat(Comparison.paired(disturbed, TCP).ratio()).isCloseTo(0.794, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5})
  void fewTrialsGiveARatioAndNoInterval(int trials) {
    Comparison comparison =
        Comparison.paired(Arrays.copyOf(UDP, trials), Arrays.copyOf(TCP, trials));

    assertThat(comparison.ratio()).isCloseTo(0.79, within(0.01));
    assertThat(comparison.low()).isNull();
    assertThat(comparison.high()).isNull();
    assertThat(comparison.excludes(1)).isFalse();
  }

  @Test
  void equalTrialsGiveAnIntervalWithoutWidth() {
    double[] same = {5, 5, 5, 5, 5, 5};

    assertThat(Comparison.paired(same, same)).isEqualTo(new Comparison(1, 1.0, 1.0, 6));
    assertThat(independent(same, same)).isEqualTo(new Comparison(1, 1.0, 1.0, 6));
  }

  @Test
  void aDisturbedTrialAmongManyWidensNothing() {
    double[] fast = new double[12];
    double[] slow = new double[12];
    for (int i = 0; i < fast.length; i++) {
      fast[i] = 100 + i % 3;
      slow[i] = 112 + i % 3;
    }
    fast[4] = 900;
    slow[7] = 20;

    assertThat(independent(slow, fast).low()).isGreaterThan(1.09);
  }

  @Test
  void ofSeveralRunsEachIsOneObservation() {
    List<double[]> before = List.of(TCP, TCP, TCP);
    List<double[]> after = List.of(times(TCP, 1.1), times(TCP, 1.3), times(TCP, 1.2));

    Comparison several = Comparison.independent(after, before, 0.95);
    Comparison asOne = Comparison.independent(List.of(flat(after)), List.of(flat(before)), 0.95);

    assertThat(several.ratio()).isCloseTo(1.2, within(0.01));
    assertThat(several.excludes(1.1)).isFalse();
    assertThat(asOne.excludes(1.1)).isTrue();
  }

  @Test
  void aSingleValueKnowsNoIntervalAndTakesThatOfTheOtherSideAway() {
    Sample single = Sample.of(new double[] {0.5});
    Sample several = Sample.of(new double[] {0.5, 0.6, 0.7});

    assertThat(single.halfWidth(0.95)).isEmpty();
    assertThat(single.minus(several).halfWidth(0.95)).isEmpty();
    assertThat(several.minus(single).halfWidth(0.95)).isEmpty();
    assertThat(several.halfWidth(0.95)).hasValueCloseTo(0.248, within(0.001));
  }

  @Test
  void runsWithoutANumberAreNoRunsButMakeTheOthersNoSingleOne() {
    double[] none = {};
    Comparison oneOfThree =
        Comparison.independent(List.of(UDP, none, none), List.of(TCP, none, none), 0.95);

    assertThat(oneOfThree.ratio()).isCloseTo(0.79, within(0.01));
    assertThat(oneOfThree.low()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.independent(List.of(none), List.of(TCP), 0.95));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.ofLogRatios(List.of(none, none), 0.95));
  }

  @Test
  void fewerThanThreeRunsGiveNoInterval() {
    assertThat(Comparison.independent(List.of(UDP, UDP), List.of(TCP, TCP), 0.95).low()).isNull();
    assertThat(Comparison.independent(List.of(UDP, UDP, UDP), List.of(TCP), 0.95).low()).isNull();
    assertThat(Comparison.independent(List.of(UDP), List.of(TCP, TCP, TCP), 0.95).low()).isNull();
  }

  @Test
  void whatHasNoRatioIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Comparison.paired(UDP, new double[3]));
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Comparison.paired(new double[] {bad}, new double[] {1}));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> independent(new double[] {1}, new double[] {bad}));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> independent(new double[0], UDP));
  }

  private static Comparison independent(double[] numerator, double[] denominator) {
    return Comparison.independent(List.of(numerator), List.of(denominator), 0.95);
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  private static double[] flat(List<double[]> runs) {
    return runs.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
