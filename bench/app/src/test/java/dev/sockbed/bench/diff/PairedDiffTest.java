package dev.sockbed.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.bare.Floor;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.stats.Noise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs of two builds made in turns, on a machine whose speed changes by half all the time. */
@Tag("unit")
class PairedDiffTest {
  private static final Instant BEGIN = Instant.parse("2026-11-30T20:00:00Z");
  private static final Results SMALL = SampleResults.small(1);

  /** Well below what is looked for, so that an interval fits in between. */
  private static final Tolerance TOLERANCE = new Tolerance(0.02, 0.005);

  private static final int PAIRS = 10;
  private static final int TRIALS = 4;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Both sides' runs, in turns. */
  private record Sides(List<Results> before, List<Results> after) {
    static Sides of(long seed, double slowDown) {
      Random random = new Random(seed);
      List<Results> before = new ArrayList<>();
      List<Results> after = new ArrayList<>();
      for (int pair = 0; pair < PAIRS; pair++) {
        double machine = Math.exp(0.4 * random.nextGaussian());
        before.add(run(2 * pair, machine, 1, random));
        after.add(run(2 * pair + 1, machine, slowDown, random));
      }
      return new Sides(before, after);
    }

    boolean badInPairs() {
      return Difference.ofPairs(Runs.whole(before), Runs.whole(after), TOLERANCE).bad();
    }

    boolean badOverAll() {
      return Difference.between(Runs.of(before), Runs.of(after), TOLERANCE).bad();
    }
  }

  /** Runs of a pair differ by 3 % each beside what the machine does to both. */
  private static Results run(int number, double machine, double slowDown, Random random) {
    double ofRun = machine * Math.exp(0.03 * random.nextGaussian());
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= TRIALS; trial++) {
      double nanos = 20_000 * ofRun * Math.exp(Noise.CONTAMINATED.draw(random));
      double bare = 18_000 * ofRun * Math.exp(Noise.CONTAMINATED.draw(random));
      cells.add(TrialCells.of(TrialCells.roundTrip("tcp"), trial, nanos * slowDown));
      cells.add(
          TrialCells.of(
              TrialCells.point("tcp", Floor.SCENARIO, null, 128, 1, 1, null), trial, bare));
    }
    return new Results(
        SMALL.schema(),
        SMALL.tool(),
        BEGIN.plusSeconds(10L * number),
        SMALL.environment(),
        SMALL.config(),
        cells,
        List.of());
  }

  @Test
  void aBuildSlowedByTenPercentIsFoundInPairsAndNotOverAllRuns() {
    int inPairs = 0;
    int overAll = 0;
    for (int repeat = 0; repeat < 20; repeat++) {
      Sides sides = Sides.of(100 + repeat, 1.1);
      inPairs += sides.badInPairs() ? 1 : 0;
      overAll += sides.badOverAll() ? 1 : 0;
    }
    System.out.printf("slowed by 10 %%: %d of 20 in pairs, %d over all runs%n", inPairs, overAll);
    assertThat(inPairs).isGreaterThanOrEqualTo(18);
    assertThat(overAll).isLessThan(5);
  }

  @Test
  void ofAHundredComparisonsOfTheSameBuildInPairsAtMostFiveRaiseAnAlarm() {
    int alarms = 0;
    for (int repeat = 0; repeat < 100; repeat++) {
      alarms += Sides.of(1_000 + repeat, 1).badInPairs() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(5);
  }

  @Test
  void theCommandSaysThatItComparedPairs() throws IOException {
    Sides sides = Sides.of(1, 1.3);

    assertThat(diff(sides.before(), sides.after(), "--paired")).as(err.toString()).isEqualTo(1);
    assertThat(out.toString())
        .contains("10 pairs of runs: times and rates are compared within each pair")
        .containsPattern("slower +1\\.[23]\\d\\d +1\\.\\d+ to 1\\.\\d+ +tcp rtt p50");
    out.getBuffer().setLength(0);
    assertThat(diff(sides.before(), sides.after(), "--paired", "--json", "-")).isEqualTo(1);
    assertThat(out.toString()).contains("\"paired\": true");
  }

  @Test
  void fewerThanSixPairsTellNothing() throws IOException {
    Sides sides = Sides.of(1, 1.3);

    assertThat(
            diff(sides.before().subList(0, 5), sides.after().subList(0, 5), "--paired", "--strict"))
        .isEqualTo(5);
    assertThat(out.toString()).contains("too few pairs of runs with such numbers (6 are needed)");
  }

  @Test
  void runsThatWereNotMadeInTurnsAreNoPairsUnlessForced() throws IOException {
    Sides sides = Sides.of(1, 1.3);
    List<Results> shifted = new ArrayList<>(sides.after().subList(1, PAIRS));
    shifted.add(sides.after().getFirst());

    assertThat(diff(sides.before(), shifted, "--paired")).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .containsPattern("--paired: \\S+a0.json and \\S+b9.json were made one right after the");
    assertThat(diff(sides.before(), shifted, "--paired", "--force")).isLessThan(2);
    assertThat(err.toString()).contains("warning: --paired");
  }

  @Test
  void pairsNeedAsManyRunsOnEitherSide() throws IOException {
    Sides sides = Sides.of(1, 1);

    assertThat(diff(sides.before(), sides.after().subList(0, 9), "--paired")).isEqualTo(2);
    assertThat(err.toString()).contains("as many runs on either side, not 10 and 9");
  }

  @Test
  void aRunThatStandsTwiceOnASideIsRefusedUnlessForced() throws IOException {
    Sides sides = Sides.of(1, 1);
    Results one = sides.before().getFirst();
    List<Results> twice = List.of(one, one, one);

    assertThat(diff(twice, sides.after().subList(0, 3))).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .containsPattern("\\S+a0.json and \\S+a1.json are the same run; add --force");
    assertThat(diff(twice, sides.after().subList(0, 3), "--force")).isLessThan(2);
    assertThat(err.toString()).contains("warning: ");
  }

  private int diff(List<Results> before, List<Results> after, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("diff"));
    arguments.addAll(List.of(options));
    arguments.addAll(written("a", before));
    arguments.add("--");
    arguments.addAll(written("b", after));
    CommandLine line = Sockbed.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments.toArray(String[]::new));
  }

  private List<String> written(String side, List<Results> runs) throws IOException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Path file = folder.resolve(side + i + ".json");
      files.add(Files.writeString(file, ResultsFile.toJson(runs.get(i))).toString());
    }
    return files;
  }
}
