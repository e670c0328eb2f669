package dev.sockbed.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DifferenceTest {
  private static final double TOLERANCE = 0.05;

  @Test
  void runsWithoutNoiseAreJudgedByTheToleranceAlone() {
    Results run = SampleResults.small(1);

    assertThat(Difference.between(run, run, TOLERANCE, 1).bad()).isFalse();
    assertThat(Difference.between(run, scaled(run, 1.04), TOLERANCE, 1).bad()).isFalse();
    assertThat(Difference.between(run, scaled(run, 1.3), TOLERANCE, 1).bad()).isTrue();
    assertThat(Difference.between(run, scaled(run, 1.3), 0.5, 1).bad()).isFalse();
  }

  @Test
  void whatSlowsBareSocketsAsMuchIsTheMachinesDoing() {
    Results run = SampleResults.full(1);

    Difference machine = Difference.between(run, scaled(run, 1.3), TOLERANCE, 1);

    assertThat(machine.bad()).isFalse();
    assertThat(machine.count(Change.WITH_MACHINE)).isPositive();
    assertThat(machine.count(Change.CONTROL)).isPositive();
  }

  @Test
  void whatSlowsAllButBareSocketsIsTheBuilds() {
    Results run = SampleResults.full(1);
    List<Cell> cells =
        scaled(run, 1.3).cells().stream()
            .map(cell -> cell.scenario().equals("floor") ? sameOf(cell, run) : cell)
            .toList();

    Difference build = Difference.between(run, with(run, cells), TOLERANCE, 1);

    assertThat(build.bad()).isTrue();
    assertThat(build.count(Change.WITH_MACHINE)).isZero();
    assertThat(build.entries())
        .filteredOn(entry -> entry.change().bad())
        .noneMatch(entry -> entry.pair().isControl());
  }

  @Test
  void withoutTheControlsNumbersNothingIsSaid() {
    Results run = SampleResults.full(1);

    Difference difference =
        Difference.between(silenced(run), silenced(scaled(run, 1.3)), TOLERANCE, 1);

    assertThat(difference.bad()).isFalse();
    assertThat(difference.count(Change.UNKNOWN)).isPositive();
  }

  /** The same with bare sockets over which nothing came back. */
  private static Results silenced(Results run) {
    return with(
        run,
        run.cells().stream()
            .map(cell -> cell.scenario().equals("floor") ? lost(cell) : cell)
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
        Difference.between(
            SampleResults.of(1, 7, 300, 1), SampleResults.of(2, 7, 300, 1.2), TOLERANCE, 1);

    List<Change> changes = difference.entries().stream().map(Difference.Entry::change).toList();
    assertThat(changes).isSorted();
    assertThat(changes.getFirst()).isEqualTo(Change.SLOWER);
  }

  @Test
  void aFasterBuildIsNoAlarm() {
    Difference difference =
        Difference.between(
            SampleResults.of(1, 7, 300, 1.2), SampleResults.of(2, 7, 300, 1), TOLERANCE, 1);

    assertThat(difference.bad()).isFalse();
    assertThat(difference.count(Change.FASTER)).isPositive();
  }

  @Test
  void aBuildThatLosesEverythingIsTheWorst() {
    Results run = SampleResults.small(1);
    List<Cell> cells = run.cells().stream().map(DifferenceTest::lost).toList();

    Difference difference = Difference.between(run, with(run, cells), TOLERANCE, 1);

    assertThat(difference.bad()).isTrue();
    assertThat(difference.entries().getFirst().change()).isEqualTo(Change.GONE);
  }

  @Test
  void aBuildThatLosesMessagesToLookFastIsFound() {
    Results run = SampleResults.small(1);
    List<Cell> cells =
        run.cells().stream()
            .map(cell ->
                with(
                    cell,
                    new Outcomes(cell.sent() - 200, 200, 0, 0, 0, 0, 0),
                    cell.messagesPerSecond()))
            .toList();

    Difference difference = Difference.between(run, with(run, cells), TOLERANCE, 1);

    assertThat(difference.entries().getFirst().change()).isEqualTo(Change.SLOWER);
    assertThat(difference.entries().getFirst().pair().measure().label()).isEqualTo("share ok");
  }

  @Test
  void fewTrialsTellNothing() {
    Difference difference =
        Difference.between(
            SampleResults.of(1, 3, 300, 1), SampleResults.of(2, 3, 300, 2), TOLERANCE, 1);

    assertThat(difference.bad()).isFalse();
    assertThat(difference.count(Change.UNKNOWN)).isEqualTo(difference.entries().size());
  }

  @Test
  void pointsOfOneRunOnlyAreNamed() {
    Results large = SampleResults.of(1, 5, 300, 1);
    Results small = SampleResults.small(2);

    Difference difference = Difference.between(large, small, TOLERANCE, 1);

    assertThat(difference.onlyInFirst()).isNotEmpty();
    assertThat(difference.onlyInSecond()).isEmpty();
    assertThat(Difference.between(small, large, TOLERANCE, 1).onlyInSecond())
        .hasSameElementsAs(difference.onlyInFirst());
  }

  private static Results scaled(Results results, double factor) {
    List<Cell> cells =
        results.cells().stream()
            .map(cell -> with(cell, cell.outcomes(), cell.messagesPerSecond() / factor, factor))
            .toList();
    return with(results, cells);
  }

  private static Cell lost(Cell cell) {
    return with(cell, new Outcomes(0, cell.sent(), 0, 0, 0, 0, 0), 0);
  }

  private static Cell with(Cell cell, Outcomes outcomes, double perSecond) {
    return with(cell, outcomes, perSecond, 1);
  }

  private static Cell with(Cell cell, Outcomes outcomes, double perSecond, double factor) {
    Long p50 = cell.serviceNs().p50();
    Long p90 = cell.serviceNs().p90();
    return new Cell(
        cell.transport(),
        cell.scenario(),
        cell.io(),
        cell.waiting(),
        cell.threads(),
        cell.placement(),
        cell.sizeBytes(),
        cell.connections(),
        cell.window(),
        cell.ratePerSecond(),
        cell.trial(),
        cell.sent(),
        outcomes,
        cell.events(),
        new dev.sockbed.bench.result.TimesNs(
            outcomes.ok(),
            null,
            p50 == null ? null : Math.round(p50 * factor),
            p90 == null ? null : Math.round(p90 * factor),
            null,
            null,
            null,
            null,
            null),
        null,
        perSecond,
        null,
        null,
        cell.detail());
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
