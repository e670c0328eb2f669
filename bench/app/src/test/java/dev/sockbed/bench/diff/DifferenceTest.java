package dev.sockbed.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.ShareComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DifferenceTest {
  private static final Tolerance TOLERANCE = new Tolerance(0.05, 0.005);

  @Test
  void runsWithoutNoiseAreJudgedByTheToleranceAlone() {
    Results run = SampleResults.small(1);

    assertThat(between(run, run, TOLERANCE).bad()).isFalse();
    assertThat(between(run, scaled(run, 1.04), TOLERANCE).bad()).isFalse();
    assertThat(between(run, scaled(run, 1.3), TOLERANCE).bad()).isTrue();
    assertThat(between(run, scaled(run, 1.3), new Tolerance(0.5, 0.005)).bad()).isFalse();
  }

  @Test
  void whatSlowsBareSocketsAsMuchIsTheMachinesDoing() {
    Results run = SampleResults.full(1);

    Difference machine = between(run, scaled(run, 1.3), TOLERANCE);

    assertThat(machine.bad()).isFalse();
    assertThat(machine.count(Change.CANT_TELL)).isPositive();
    assertThat(machine.entries())
        .filteredOn(entry -> entry.pair().measure() == Measure.P50)
        .extracting(Entry::why)
        .contains(List.of("slower, but bare sockets may be so by as much"));
    assertThat(machine.count(Change.CONTROL)).isPositive();
  }

  @Test
  void whatSlowsAllButBareSocketsIsTheBuilds() {
    Results run = SampleResults.full(1);
    List<Cell> cells =
        scaled(run, 1.3).cells().stream()
            .map(cell -> cell.scenario().equals("floor") ? sameOf(cell, run) : cell)
            .toList();

    Difference build = between(run, with(run, cells), TOLERANCE);

    assertThat(build.bad()).isTrue();
    assertThat(build.count(Change.SLOWER)).isPositive();
    assertThat(build.entries())
        .filteredOn(entry -> entry.change().bad())
        .noneMatch(entry -> entry.change() == Change.CONTROL);
  }

  @Test
  void withoutTheControlsNumbersNothingIsSaid() {
    Results run = SampleResults.full(1);

    Difference difference = between(silenced(run), silenced(scaled(run, 1.3)), TOLERANCE);

    assertThat(difference.bad()).isFalse();
    assertThat(difference.count(Change.CANT_TELL)).isPositive();
  }

  /** The same with bare sockets over which nothing came back. */
  private static Results silenced(Results run) {
    return with(
        run,
        run.cells().stream()
            .map(cell -> cell.scenario().equals("floor") ? TrialCells.silent(cell) : cell)
            .toList());
  }

  private static Cell sameOf(Cell scaled, Results run) {
    return run.cells().stream()
        .filter(cell -> Point.of(cell).equals(Point.of(scaled)) && cell.trial() == scaled.trial())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void regressionsComeFirstAndTheWorstOfThemOnTop() {
    Difference difference =
        between(SampleResults.of(1, 7, 300, 1), SampleResults.of(2, 7, 300, 1.2), TOLERANCE);

    List<Change> changes = difference.entries().stream().map(Entry::change).toList();
    assertThat(changes).isSorted();
    assertThat(changes.getFirst()).isEqualTo(Change.SLOWER);
  }

  @Test
  void aFasterBuildIsNoAlarm() {
    Difference difference =
        between(SampleResults.of(1, 7, 300, 1.2), SampleResults.of(2, 7, 300, 1), TOLERANCE);

    assertThat(difference.bad()).isFalse();
    assertThat(difference.count(Change.FASTER)).isPositive();
  }

  @Test
  void aBuildThatLosesEverythingIsTheWorst() {
    Results run = SampleResults.small(1);
    List<Cell> cells = run.cells().stream().map(TrialCells::silent).toList();

    Difference difference = between(run, with(run, cells), TOLERANCE);

    assertThat(difference.bad()).isTrue();
    assertThat(difference.entries().getFirst().change()).isEqualTo(Change.NO_REPLY);
  }

  @Test
  void aBuildThatLosesMessagesToLookFastIsFound() {
    Results run = SampleResults.small(1);
    List<Cell> cells =
        run.cells().stream()
            .map(cell ->
                TrialCells.with(
                    cell,
                    new Outcomes(cell.sent() - 200, 200, 0, 0, 0, 0, 0),
                    cell.messagesPerSecond(),
                    1))
            .toList();

    Difference difference = between(run, with(run, cells), TOLERANCE);

    assertThat(difference.entries().getFirst().change()).isEqualTo(Change.FEWER);
    assertThat(difference.entries().getFirst().pair().measure().label()).isEqualTo("share ok");
  }

  @Test
  void fewTrialsTellNothing() {
    Difference difference =
        between(SampleResults.of(1, 3, 300, 1), SampleResults.of(2, 3, 300, 2), TOLERANCE);

    assertThat(difference.bad()).isFalse();
    assertThat(difference.count(Change.CANT_TELL)).isEqualTo(difference.entries().size());
  }

  @Test
  void trialsWithoutAReplyAreAnAlarmHoweverFastTheOthersAre() {
    Results run = SampleResults.of(1, 10, 300, 1);
    List<Cell> cells =
        run.cells().stream()
            .map(cell ->
                isRoundTrip(cell, "udp") && cell.trial() > 6 ? TrialCells.silent(cell) : cell)
            .toList();

    Difference difference = between(run, with(run, cells), TOLERANCE);

    assertThat(difference.bad()).isTrue();
    Entry worst = difference.entries().getFirst();
    assertThat(worst.change()).isEqualTo(Change.NO_REPLY);
    assertThat(worst.pair().measure()).isEqualTo(Measure.OK_SHARE);
    ShareComparison shares = Objects.requireNonNull(worst.shares());
    assertThat(shares.second()).isCloseTo(0.6, within(0.001));
    assertThat(shares.high()).isLessThan(-0.01);
    assertThat(worst.why()).containsExactly("4 of 10 trials had no reply in b");
    assertThat(difference.entries())
        .filteredOn(entry ->
            entry.pair().point().equals(worst.pair().point())
                && entry.pair().measure() == Measure.P50)
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.change()).isEqualTo(Change.CANT_TELL);
          assertThat(entry.why()).contains("4 of 10 trials had no reply in b");
        });
    assertThat(between(with(run, cells), run, TOLERANCE).bad()).isFalse();
    assertThat(between(with(run, cells), with(run, cells), TOLERANCE).bad()).isFalse();
  }

  @Test
  void everyShareThatAnIntervalDecidesIsCountedAmongTheQuestions() {
    Results before = withSilentTrials(128, 256, 512);
    Results after = withSilentTrials(128, 256, 512);

    List<Entry> shares = shares(between(before, after, TOLERANCE));
    List<Entry> single = shares(between(withSilentTrials(128), withSilentTrials(128), TOLERANCE));

    assertThat(shares).hasSize(3).allMatch(entry -> entry.pair().asks());
    assertThat(width(shares.getFirst())).isGreaterThan(width(single.getFirst()));
  }

  /** A run with a point for each size, in which two trials of ten had no reply. */
  private static Results withSilentTrials(int... sizes) {
    List<Cell> cells = new ArrayList<>();
    for (int size : sizes) {
      Point point = TrialCells.point("udp", "rtt", null, size, 1, 1, null);
      for (int trial = 1; trial <= 10; trial++) {
        Cell cell = TrialCells.of(point, trial, 20_000);
        cells.add(trial > 8 ? TrialCells.silent(cell) : TrialCells.losing(cell, 10L * trial));
      }
    }
    return with(SampleResults.small(1), cells);
  }

  private static List<Entry> shares(Difference difference) {
    return difference.entries().stream()
        .filter(entry -> entry.pair().measure() == Measure.OK_SHARE)
        .toList();
  }

  private static double width(Entry entry) {
    ShareComparison shares = Objects.requireNonNull(entry.shares());
    return Objects.requireNonNull(shares.high()) - Objects.requireNonNull(shares.low());
  }

  @Test
  void aHundredthOfTheMessagesLostIsFound() {
    Results run = trials(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    List<Cell> cells =
        run.cells().stream().map(cell -> TrialCells.losing(cell, 9 + cell.trial() % 3)).toList();

    Difference difference = between(run, with(run, cells), TOLERANCE);

    assertThat(difference.entries().getFirst().change()).isEqualTo(Change.FEWER);
    assertThat(between(run, with(run, cells), new Tolerance(0.05, 0.05)).bad()).isFalse();
  }

  private static boolean isRoundTrip(Cell cell, String transport) {
    return cell.scenario().equals("rtt")
        && cell.transport().equals(transport)
        && cell.sizeBytes() == 128;
  }

  @Test
  void anIntervalBeyondTheToleranceOnBothSidesCantBeTold() {
    Results first = trials(1, 1.01, 1.02, 1, 1.01, 1.02);

    assertThat(median(first, trials(1, 1.3, 1, 1.3, 1, 1.3)).change()).isEqualTo(Change.CANT_TELL);
    assertThat(median(first, trials(1.01, 1.02, 1, 1.01, 1.02, 1)).change()).isEqualTo(Change.SAME);
    assertThat(median(first, trials(1.2, 1.22, 1.21, 1.2, 1.22, 1.21)).change())
        .isEqualTo(Change.SLOWER);
    assertThat(median(first, trials(1.2, 1.22, 1.21, 1.2, 1.22)).change())
        .isEqualTo(Change.CANT_TELL);
  }

  /** A run that measured round trips over TCP only. */
  private static Results trials(double... factors) {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= factors.length; trial++) {
      cells.add(TrialCells.of(TrialCells.roundTrip("tcp"), trial, 20_000 * factors[trial - 1]));
    }
    return with(SampleResults.small(1), cells);
  }

  private static Entry median(Results first, Results second) {
    return between(first, second, TOLERANCE).entries().stream()
        .filter(entry -> entry.pair().measure() == Measure.P50)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void runsThatDifferFromOneAnotherAreNotTakenForAChange() {
    double[] low = {1, 1.01, 1.02, 1, 1.01, 1.02};
    double[] high = {1.2, 1.21, 1.22, 1.2, 1.21, 1.22};
    Runs before = Runs.of(List.of(trials(low), trials(low), trials(high)));
    Runs after = Runs.of(List.of(trials(high), trials(low), trials(high)));

    assertThat(between(trials(low), trials(high), TOLERANCE).bad()).isTrue();
    assertThat(Difference.between(before, after, TOLERANCE).bad()).isFalse();
    assertThat(Difference.between(before, after, TOLERANCE).count(Change.CANT_TELL)).isPositive();
  }

  @Test
  void aRunThatLacksAPointIsTold() {
    Results large = SampleResults.of(1, 6, 300, 1);
    Results small = SampleResults.small(2);

    Difference difference =
        Difference.between(
            Runs.of(List.of(large, large, small)),
            Runs.of(List.of(large, large, large)),
            TOLERANCE);

    assertThat(difference.entries())
        .filteredOn(entry -> entry.pair().point().scenario().equals("setup"))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.why()).contains("not in 1 of 3 runs of a"));
  }

  @Test
  void pointsOfOneRunOnlyAreNamed() {
    Results large = SampleResults.of(1, 6, 300, 1);
    Results small = SampleResults.small(2);

    Difference difference = between(large, small, TOLERANCE);

    assertThat(difference.onlyInFirst()).isNotEmpty();
    assertThat(difference.onlyInSecond()).isEmpty();
    assertThat(between(small, large, TOLERANCE).onlyInSecond())
        .hasSameElementsAs(difference.onlyInFirst());
  }

  private static Difference between(Results first, Results second, Tolerance tolerance) {
    return Difference.between(Runs.of(List.of(first)), Runs.of(List.of(second)), tolerance);
  }

  private static Results scaled(Results results, double factor) {
    List<Cell> cells =
        results.cells().stream()
            .map(cell ->
                TrialCells.with(cell, cell.outcomes(), cell.messagesPerSecond() / factor, factor))
            .toList();
    return with(results, cells);
  }

  private static Results with(Results results, List<Cell> cells) {
    return new Results(
        results.schema(),
        results.tool(),
        results.startedAt(),
        results.environment(),
        results.config(),
        cells,
        List.of());
  }
}
