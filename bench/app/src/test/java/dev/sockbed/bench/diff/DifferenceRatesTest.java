package dev.sockbed.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.stats.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often a comparison of runs raises a false alarm, and how often it misses a slow build. */
@Tag("soak")
class DifferenceRatesTest {
  private static final Tolerance TOLERANCE = new Tolerance(0.05, 0.005);

  @Test
  void ofTwentyPairsOfRunsOfTheSameBuildAtMostOneRaisesAnAlarm() {
    int alarms = 0;
    for (int pair = 0; pair < 20; pair++) {
      alarms += bad(run(1_000 + pair, 6, 1), run(2_000 + pair, 6, 1)) ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(1);
  }

  @Test
  void aBuildSlowedByTenPercentIsFoundAtLeastNineTimesInTen() {
    int found = 0;
    for (int pair = 0; pair < 10; pair++) {
      found += bad(run(1_000 + pair, 10, 1), run(3_000 + pair, 10, 1.1)) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(9);
  }

  @Test
  void aBuildThatLosesAHundredthOfItsDatagramsIsFoundEachTime() {
    Random random = new Random(4_000);
    for (int pair = 0; pair < 10; pair++) {
      Results first = roundTrips(random);
      Results losing =
          changed(
              roundTrips(random),
              cell -> TrialCells.losing(cell, Math.round(10 + random.nextGaussian() * 3)));

      assertThat(bad(first, losing)).as("pair %d", pair).isTrue();
    }
  }

  /** Twenty trials of a thousand round trips over either transport. */
  private static Results roundTrips(Random random) {
    List<Cell> cells = new ArrayList<>();
    for (String transport : List.of("tcp", "udp")) {
      for (int trial = 1; trial <= 20; trial++) {
        double nanos = 20_000 * Math.exp(Noise.NORMAL.draw(random));
        cells.add(TrialCells.of(TrialCells.roundTrip(transport), trial, nanos));
      }
    }
    return with(SampleResults.small(1), cells);
  }

  @Test
  void fourDeadTrialsInTenAreFoundEachTime() {
    for (int pair = 0; pair < 10; pair++) {
      Results dying =
          changed(
              run(3_000 + pair, 10, 1), cell -> cell.trial() > 6 ? TrialCells.silent(cell) : cell);

      assertThat(bad(run(1_000 + pair, 10, 1), dying)).as("pair %d", pair).isTrue();
    }
  }

  private static Results run(long seed, int trials, double slowDown) {
    return SampleResults.of(seed, trials, 1_000, slowDown);
  }

  /** The same run with other round trips of 128 bytes over UDP. */
  private static Results changed(Results run, UnaryOperator<Cell> change) {
    List<Cell> cells =
        run.cells().stream()
            .map(cell ->
                cell.scenario().equals("rtt")
                        && cell.transport().equals("udp")
                        && cell.sizeBytes() == 128
                    ? change.apply(cell)
                    : cell)
            .toList();
    return with(run, cells);
  }

  private static Results with(Results run, List<Cell> cells) {
    return new Results(
        run.schema(),
        run.tool(),
        run.startedAt(),
        run.environment(),
        run.config(),
        cells,
        List.of());
  }

  private static boolean bad(Results first, Results second) {
    return Difference.between(Runs.of(List.of(first)), Runs.of(List.of(second)), TOLERANCE).bad();
  }
}
