package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.stats.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole reports of comparisons in which TCP and UDP are equal: what they claim is false. */
@Tag("unit")
class FamilyWiseTest {
  private static final long SEED = 20_261_130;
  private static final int REPORTS = 1_500;

  private static final List<String> PLACEMENTS = List.of(Cell.ONE_CORE, Cell.TWO_CORES);

  @ParameterizedTest
  @EnumSource(Noise.class)
  void atMostOneReportInTwentyClaimsADifference(Noise noise) {
    Random random = new Random(SEED);
    int claiming = 0;
    int questions = 0;
    for (int report = 0; report < REPORTS; report++) {
      List<Verdict> verdicts = ComparisonVerdicts.of(cells(noise, random));
      questions = verdicts.size();
      assertThat(verdicts).allMatch(verdict -> verdict.low() != null);
      claiming += verdicts.stream().anyMatch(FamilyWiseTest::excludesEqual) ? 1 : 0;
    }
    assertThat(questions).isEqualTo(10);
    assertThat(1.0 * claiming / REPORTS)
        .as("%s noise, seed %d, %d reports", noise, SEED, REPORTS)
        .isLessThanOrEqualTo(0.05);
  }

  private static boolean excludesEqual(Verdict verdict) {
    Double low = verdict.low();
    Double high = verdict.high();
    return low != null && high != null && (low > 1 || high < 1);
  }

  /** As many trials as the default profile makes of each point that a claim rests on. */
  private static List<Cell> cells(Noise noise, Random random) {
    List<Cell> cells = new ArrayList<>();
    for (String transport : List.of("tcp", "udp")) {
      add(point(transport, "setup", Cell.TWO_CORES, 16, 1, 1, null), noise, random, cells);
      for (String placement : PLACEMENTS) {
        add(point(transport, "floor", placement, 128, 1, 1, null), noise, random, cells);
        add(point(transport, "rtt", placement, 128, 1, 1, null), noise, random, cells);
      }
      add(point(transport, "throughput", Cell.TWO_CORES, 128, 1, 64, null), noise, random, cells);
      add(
          point(transport, "offered-load", Cell.TWO_CORES, 128, 1, null, 1e4),
          noise,
          random,
          cells);
      add(point(transport, "connections", Cell.TWO_CORES, 128, 100, 1, null), noise, random, cells);
    }
    return cells;
  }

  private static Point point(
      String transport,
      String scenario,
      String placement,
      int size,
      int connections,
      @Nullable Integer window,
      @Nullable Double rate) {
    return TrialCells.point(transport, scenario, placement, size, connections, window, rate);
  }

  private static void add(Point point, Noise noise, Random random, List<Cell> cells) {
    int trials = trials(point.scenario());
    double[] medians = noise.trials(trials, 20_000, random);
    double[] high = noise.trials(trials, 40_000, random);
    double[] rates = noise.trials(trials, 50_000, random);
    for (int i = 0; i < trials; i++) {
      cells.add(TrialCells.of(point, i + 1, medians[i], high[i], rates[i]));
    }
  }

  private static int trials(String scenario) {
    return switch (scenario) {
      case "setup" -> Profile.DEFAULT.setup().trials();
      case "floor" -> Profile.DEFAULT.floor().trials();
      case "rtt" -> Profile.DEFAULT.rtt().trials();
      case "throughput" -> Profile.DEFAULT.throughput().trials();
      case "offered-load" -> Profile.DEFAULT.offeredLoad().trials();
      default -> Profile.DEFAULT.connections().getFirst().trials();
    };
  }
}
