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
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ComparisonTest {
  private static final double[] TCP = {20.1, 19.9, 20.4, 20.0, 19.8, 20.2, 20.1};
  private static final double[] UDP = {15.9, 15.8, 16.1, 16.0, 15.7, 16.2, 15.9};

  /** What trials differ by: machines are never as kind as a normal distribution. */
  private enum Noise {
    NORMAL,
    HEAVY,
    DISTURBED,
    SKEWED;

    private double draw(Random random) {
      double normal = random.nextGaussian();
      return switch (this) {
        case NORMAL -> 0.02 * normal;
        case HEAVY -> 0.02 * normal / Math.sqrt(chiSquared(random, 3) / 3);
        case DISTURBED -> 0.02 * normal + (random.nextInt(10) == 0 ? random.nextDouble(0.4) : 0);
        case SKEWED -> 0.05 * Math.exp(normal);
      };
    }

    private static double chiSquared(Random random, int degrees) {
      double sum = 0;
      for (int i = 0; i < degrees; i++) {
        sum += Math.pow(random.nextGaussian(), 2);
      }
      return sum;
    }

    double[] trials(int count, double middle, Random random) {
      double[] values = new double[count];
      Arrays.setAll(values, _ -> middle * Math.exp(draw(random)));
      return values;
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 250", "7, 150", "10, 150", "20, 120"})
  void theIntervalHoldsTheTrueRatioAboutAsOftenAsItSays(int trials, int runs) {
    double sum = 0;
    for (Noise noise : Noise.values()) {
      Random random = new Random(20_260_102);
      int paired = 0;
      int independent = 0;
      for (int run = 0; run < runs; run++) {
        double[] udp = noise.trials(trials, 16, random);
        double[] tcp = noise.trials(trials, 20, random);
        paired += Comparison.paired(udp, tcp, run).excludes(0.8) ? 0 : 1;
        independent += Comparison.independent(udp, tcp, run).excludes(0.8) ? 0 : 1;
      }
      assertThat(1.0 * paired / runs).as("paired, %s", noise).isGreaterThan(0.9);
      assertThat(1.0 * independent / runs).as("independent, %s", noise).isGreaterThan(0.9);
      sum += 1.0 * (paired + independent) / runs;
    }
    assertThat(sum / (2 * Noise.values().length)).as("no wider than needed").isLessThan(0.985);
  }

  @Test
  void theRatioIsInTheMiddleOfItsInterval() {
    Comparison comparison = Comparison.paired(UDP, TCP, 1);

    assertThat(comparison.ratio()).isCloseTo(0.794, within(0.003));
    assertThat(comparison.low()).isBetween(0.78, comparison.ratio());
    assertThat(comparison.high()).isBetween(comparison.ratio(), 0.81);
    assertThat(comparison.trials()).isEqualTo(7);
    assertThat(comparison.excludes(1)).isTrue();
    assertThat(comparison.excludes(0.794)).isFalse();
  }

  @Test
  void theOtherWayRoundIsTheReciprocal() {
    double forth = Comparison.paired(UDP, TCP, 1).ratio();
    double back = Comparison.paired(TCP, UDP, 1).ratio();

    assertThat(forth * back).isCloseTo(1, within(1e-12));
  }

  @Test
  void pairsCancelWhatBothSidesShare() {
    double[] drift = {1, 1.3, 0.8, 1.6, 1.1, 0.7, 1.2};
    double[] udp = new double[7];
    double[] tcp = new double[7];
    Arrays.setAll(udp, i -> UDP[i] * drift[i]);
    Arrays.setAll(tcp, i -> TCP[i] * drift[i]);

    assertThat(Comparison.paired(udp, tcp, 1).excludes(1)).isTrue();
    assertThat(Comparison.independent(udp, tcp, 1).excludes(1)).isFalse();
  }

  @Test
  void oneDisturbedTrialDoesNotCarryTheRatioAway() {
    double[] disturbed = UDP.clone();
    disturbed[3] *= 50;

    assertThat(Comparison.paired(disturbed, TCP, 1).ratio()).isCloseTo(0.794, within(0.02));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    assertThat(Comparison.paired(UDP, TCP, 7)).isEqualTo(Comparison.paired(UDP, TCP, 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void fewTrialsGiveARatioAndNoInterval(int trials) {
    Comparison comparison =
        Comparison.paired(Arrays.copyOf(UDP, trials), Arrays.copyOf(TCP, trials), 1);

    assertThat(comparison.ratio()).isCloseTo(0.79, within(0.01));
    assertThat(comparison.low()).isNull();
    assertThat(comparison.high()).isNull();
    assertThat(comparison.excludes(1)).isFalse();
  }

  @Test
  void equalTrialsGiveAnIntervalWithoutWidth() {
    double[] same = {5, 5, 5, 5, 5};

    assertThat(Comparison.paired(same, same, 1)).isEqualTo(new Comparison(1, 1.0, 1.0, 5));
    assertThat(Comparison.independent(same, same, 1)).isEqualTo(new Comparison(1, 1.0, 1.0, 5));
  }

  @Test
  void whatHasNoRatioIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Comparison.paired(UDP, new double[3], 1));
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Comparison.paired(new double[] {bad}, new double[] {1}, 1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Comparison.independent(new double[] {1}, new double[] {bad}, 1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.independent(new double[0], UDP, 1));
  }
}
