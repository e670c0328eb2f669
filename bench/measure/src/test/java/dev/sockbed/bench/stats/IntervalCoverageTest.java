package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often intervals hold what is true, simulated with a truth that is known. */
@Tag("unit")
class IntervalCoverageTest {
  private static final long SEED = 20_261_130;
  private static final double RATIO = 0.8;
  private static final int MESSAGES = 300;

  /** So many that chance moves a coverage of 95 % by 0.4 % (one standard deviation). */
  private static final int RUNS = 3_000;

  @ParameterizedTest
  @CsvSource({
    "NORMAL, 6", "NORMAL, 7", "NORMAL, 10", "NORMAL, 20",
    "HEAVY_TAILED, 6", "HEAVY_TAILED, 7", "HEAVY_TAILED, 10", "HEAVY_TAILED, 20",
    "SKEWED, 6", "SKEWED, 7", "SKEWED, 10", "SKEWED, 20",
    "CONTAMINATED, 6", "CONTAMINATED, 7", "CONTAMINATED, 10", "CONTAMINATED, 20"
  })
  void anIntervalHoldsTheTrueRatioAsOftenAsItSays(Noise noise, int trials) {
    Random random = new Random(SEED);
    // One interval, and one of ten that are to hold together.
    double[] confidences = {Comparison.CONFIDENCE, Comparison.confidenceOfEach(10)};
    int[] paired = new int[confidences.length];
    int[] independent = new int[confidences.length];
    for (int run = 0; run < RUNS; run++) {
      double[] udp = noise.trials(trials, 20 * RATIO, random);
      double[] tcp = noise.trials(trials, 20, random);
      for (int i = 0; i < confidences.length; i++) {
        List<double[]> pairs = List.of(Comparison.logRatios(udp, tcp));
        paired[i] += Comparison.ofLogRatios(pairs, confidences[i]).excludes(RATIO) ? 0 : 1;
        independent[i] +=
            Comparison.independent(List.of(udp), List.of(tcp), confidences[i]).excludes(RATIO)
                ? 0
                : 1;
      }
    }
    String of = "%s noise, %d trials, seed %d".formatted(noise, trials, SEED);
    System.out.printf(
        "%s: paired %.3f and %.4f, independent %.3f and %.4f%n",
        of, share(paired[0]), share(paired[1]), share(independent[0]), share(independent[1]));
    assertThat(share(paired[0])).as("paired, %s", of).isGreaterThanOrEqualTo(0.94);
    assertThat(share(independent[0])).as("independent, %s", of).isGreaterThanOrEqualTo(0.94);
    assertThat(share(paired[1])).as("of ten, paired, %s", of).isGreaterThan(0.992);
    assertThat(share(independent[1])).as("of ten, independent, %s", of).isGreaterThan(0.992);
  }

  @ParameterizedTest
  @CsvSource({"3, 6", "5, 6", "3, 20"})
  void runsThatDifferFromOneAnotherAreInTheIntervalOfSeveral(int runs, int trials) {
    Random random = new Random(SEED);
    int several = 0;
    int asOne = 0;
    for (int run = 0; run < RUNS; run++) {
      List<double[]> first = runs(runs, trials, random);
      List<double[]> second = runs(runs, trials, random);
      several += independent(first, second).excludes(1) ? 0 : 1;
      asOne += independent(List.of(flat(first)), List.of(flat(second))).excludes(1) ? 0 : 1;
    }
    String of = "%d runs of %d trials, seed %d".formatted(runs, trials, SEED);
    System.out.printf(
        "%s: %.3f; taken for trials of one run: %.3f%n", of, share(several), share(asOne));
    assertThat(share(several)).as(of).isGreaterThanOrEqualTo(0.94);
    // What would be claimed if the trials of one run were taken for runs.
    assertThat(share(asOne)).as("as one, %s", of).isLessThan(0.85);
  }

  @ParameterizedTest
  @CsvSource({"NORMAL, 6", "HEAVY_TAILED, 10", "SKEWED, 10", "CONTAMINATED, 6"})
  void pairsOfRunsClaimNothingFalseHoweverTheMachineChangesBetweenThem(Noise noise, int pairs) {
    Random random = new Random(SEED);
    int questions = 8;
    double confidence = Comparison.confidenceOfEach(questions);
    int held = 0;
    int falseClaims = 0;
    for (int run = 0; run < RUNS; run++) {
      boolean claimed = false;
      double[] machine = new double[pairs];
      Arrays.setAll(machine, _ -> Math.exp(0.4 * random.nextGaussian()));
      double[] first = lucky(machine, random);
      double[] second = lucky(machine, random);
      for (int question = 0; question < questions; question++) {
        List<double[]> udp = pairRuns(noise, first, 20 * RATIO, random);
        List<double[]> tcp = pairRuns(noise, second, 20, random);
        claimed |= excludes(Comparison.ofPairedRuns(udp, tcp, confidence));
        if (question == 0) {
          held += excludes(Comparison.ofPairedRuns(udp, tcp, Comparison.CONFIDENCE)) ? 0 : 1;
        }
      }
      falseClaims += claimed ? 1 : 0;
    }
    String of = "%s noise, %d pairs of runs, seed %d".formatted(noise, pairs, SEED);
    System.out.printf(
        "%s: %.3f, false claims of eight together %.3f%n", of, share(held), share(falseClaims));
    assertThat(share(held)).as(of).isGreaterThanOrEqualTo(0.94);
    assertThat(share(falseClaims)).as("of eight together, %s", of).isLessThanOrEqualTo(0.05);
  }

  private static boolean excludes(@Nullable Comparison comparison) {
    return Objects.requireNonNull(comparison).excludes(RATIO);
  }

  /** Each run's own luck of 3 %, of which all that it measures has its part. */
  private static double[] lucky(double[] machine, Random random) {
    return Arrays.stream(machine)
        .map(speed -> speed * Math.exp(0.03 * random.nextGaussian()))
        .toArray();
  }

  /** Runs of four trials. */
  private static List<double[]> pairRuns(Noise noise, double[] runs, double middle, Random random) {
    return Arrays.stream(runs).mapToObj(run -> noise.trials(4, middle * run, random)).toList();
  }

  private static Comparison independent(List<double[]> first, List<double[]> second) {
    return Comparison.independent(first, second, Comparison.CONFIDENCE);
  }

  /** Runs that differ by 3 %, of trials that differ by 2 %. */
  private static List<double[]> runs(int count, int trials, Random random) {
    List<double[]> runs = new ArrayList<>();
    for (int run = 0; run < count; run++) {
      runs.add(Noise.NORMAL.trials(trials, Math.exp(0.03 * random.nextGaussian()), random));
    }
    return runs;
  }

  private static double[] flat(List<double[]> runs) {
    return runs.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "6, 0.5, 0", "6, 0.9, 0.01", "6, 0.99, 0.002", "6, 0.999, 0",
    "7, 0.5, 0.05", "7, 0.9, 0.05", "7, 0.99, 0.002", "7, 0.999, 0",
    "10, 0.5, 0.05", "10, 0.9, 0.01", "10, 0.99, 0.002", "10, 0.999, 0",
    "20, 0.5, 0.05", "20, 0.9, 0.01", "20, 0.99, 0.002", "20, 0.999, 0"
  })
  void anIntervalOfSharesHoldsTheTrueDifferenceAsOftenAsItSays(
      int trials, double share, double likeness) {
    Random random = new Random(SEED);
    int runs = RUNS / 3;
    int held = 0;
    for (int run = 0; run < runs; run++) {
      ShareComparison found =
          ShareComparison.of(
              List.of(counts(trials, share, likeness, random)),
              List.of(counts(trials, share, likeness, random)),
              Comparison.CONFIDENCE);
      Double low = found.low();
      Double high = found.high();
      held += low != null && high != null && low <= 0 && high >= 0 ? 1 : 0;
    }
    String of =
        "%d trials, share %s, likeness %s, seed %d".formatted(trials, share, likeness, SEED);
    System.out.printf("%s: %.3f%n", of, 1.0 * held / runs);
    assertThat(1.0 * held / runs).as(of).isGreaterThanOrEqualTo(0.94);
  }

  /** Trials whose share differs from trial to trial (beta-binomial). */
  private static List<Share.Count> counts(
      int trials, double share, double likeness, Random random) {
    List<Share.Count> counts = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      double ofTrial =
          likeness == 0
              ? share
              : beta(share * (1 / likeness - 1), (1 - share) * (1 / likeness - 1), random);
      int ok = 0;
      for (int message = 0; message < MESSAGES; message++) {
        ok += random.nextDouble() < ofTrial ? 1 : 0;
      }
      counts.add(new Share.Count(ok, MESSAGES));
    }
    return counts;
  }

  private static double beta(double a, double b, Random random) {
    double first = gamma(a, random);
    return first / (first + gamma(b, random));
  }

  /** Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", 2000. */
  private static double gamma(double shape, Random random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    while (true) {
      double normal = random.nextGaussian();
      double v = Math.pow(1 + normal / Math.sqrt(9 * d), 3);
      if (v > 0
          && Math.log(1 - random.nextDouble())
              < normal * normal / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  @Test
  void manyIntervalsTogetherAskForMoreOfEach() {
    assertThat(Comparison.confidenceOfEach(1)).isEqualTo(0.95);
    assertThat(Comparison.confidenceOfEach(10)).isEqualTo(0.995);
    assertThat(Comparison.confidenceOfEach(0)).isEqualTo(0.95);
  }

  private static double share(int held) {
    return 1.0 * held / RUNS;
  }
}
