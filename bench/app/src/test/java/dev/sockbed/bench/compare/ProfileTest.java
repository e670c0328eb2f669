package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
final class ProfileTest {
  private static final double SATURATION = 62_345;

  private static final List<CpuPlacement> BOTH =
      List.of(CpuPlacement.of(0, 1), CpuPlacement.of(1, 1));

  private static final Set<ComparisonScenario> SINGLE_MESSAGES =
      EnumSet.of(ComparisonScenario.RTT, ComparisonScenario.FLOOR);

  static List<Profile> profiles() {
    return List.of(Profile.QUICK, Profile.DEFAULT, Profile.FULL);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyQuestionIsAsked(Profile profile) {
    assertThat(points(profile, BOTH))
        .extracting(PlannedPoint::scenario)
        .containsAll(EnumSet.complementOf(EnumSet.of(ComparisonScenario.LINK)));
    assertThat(LinkPlans.of(profile, null, LinkMode.AUTO, 1, LinkPlans.TRIALS)).isNotEmpty();
  }

  @Test
  void aLinkTakesItsShareOfThePromisedTimeAndNotMore() {
    assertThat(overLinks(Profile.QUICK)).isLessThan(Duration.ofSeconds(3));
    assertThat(overLinks(Profile.DEFAULT)).isLessThan(Duration.ofSeconds(7));
    assertThat(overLinks(Profile.FULL)).isBetween(Duration.ofSeconds(70), Duration.ofSeconds(110));
  }

  @Test
  void theFullProfileGoesThroughLossesAndDelaysUnlessALinkIsNamed() {
    assertThat(LinkPlans.of(Profile.FULL, null, LinkMode.AUTO, 1, LinkPlans.TRIALS)).hasSize(6 * 3);
    assertThat(LinkPlans.of(Profile.FULL, LinkSpec.PERFECT, LinkMode.AUTO, 1, LinkPlans.TRIALS))
        .hasSize(1);
  }

  private static Duration overLinks(Profile profile) {
    return LinkPlans.of(profile, null, LinkMode.AUTO, 1, LinkPlans.TRIALS).stream()
        .map(LinkPlan::duration)
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void allOfItLeavesRoomForStartingInThePromisedTime() {
    assertThat(expected(Profile.QUICK)).isLessThan(Duration.ofSeconds(27));
    assertThat(expected(Profile.DEFAULT)).isLessThan(Duration.ofSeconds(82));
    assertThat(expected(Profile.FULL)).isBetween(Duration.ofMinutes(11), Duration.ofMinutes(16));
  }

  /** Up to there a median and a 99th percentile are told, on a machine that is slow to wake up. */
  @ParameterizedTest
  @MethodSource("profiles")
  void aRoundTripIsMeasuredLongEnoughForItsTail(Profile profile) {
    double slow = 10_000;
    assertThat(points(profile, BOTH))
        .filteredOn(point -> point.scenario() == ComparisonScenario.RTT)
        .allSatisfy(
            point -> assertThat(point.duration().toMillis() * slow / 1e3).isGreaterThan(1_000));
  }

  @Test
  void aThousandConnectionsAreOpenedLessOftenWhereTimeIsShort() {
    assertThat(points(Profile.DEFAULT, BOTH))
        .filteredOn(point -> point.scenario() == ComparisonScenario.CONNECTIONS)
        .extracting(PlannedPoint::connections, PlannedPoint::trials)
        .containsExactly(tuple(1, 6), tuple(10, 6), tuple(100, 6), tuple(1_000, 2));
    assertThat(points(Profile.DEFAULT.withTrials(8), BOTH))
        .extracting(PlannedPoint::trials)
        .containsOnly(8);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void whatAClaimRestsOnHasTrialsEnoughForAnInterval(Profile profile) {
    assertThat(points(profile, BOTH))
        .filteredOn(point -> point.connections() < 1_000)
        .allSatisfy(point -> assertThat(point.trials()).isGreaterThanOrEqualTo(6));
  }

  @Test
  void theOfferedLoadIsAShareOfTheSaturationInRoundNumbers() {
    assertThat(points(Profile.DEFAULT, BOTH))
        .filteredOn(point -> point.scenario() == ComparisonScenario.OFFERED_LOAD)
        .extracting(PlannedPoint::ratePerSecond)
        .containsExactly(6_200.0, 19_000.0, 31_000.0, 44_000.0, 56_000.0, 69_000.0);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void eitherTheWindowOrTheRateSetsThePace(Profile profile) {
    assertThat(points(profile, BOTH))
        .allMatch(point -> Objects.isNull(point.window()) != Objects.isNull(point.ratePerSecond()));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void theSecondPlacementIsForRoundTrips(Profile profile) {
    assertThat(points(profile, BOTH))
        .filteredOn(point -> point.placement().equals(BOTH.getLast()))
        .isNotEmpty()
        .allMatch(point -> SINGLE_MESSAGES.contains(point.scenario()));
    assertThat(points(profile, BOTH.subList(0, 1)))
        .allMatch(point -> point.placement().equals(BOTH.getFirst()));
  }

  @Test
  void onlyTheScenariosAskedForAreMeasured() {
    assertThat(points(Profile.QUICK.only(Set.of(ComparisonScenario.SETUP)), BOTH))
        .isNotEmpty()
        .allMatch(point -> point.scenario() == ComparisonScenario.SETUP);
  }

  private static Duration expected(Profile profile) {
    return TrialOrder.draw(points(profile, BOTH), List.of(Transport.values()), 1)
        .expected()
        .plus(profile.warmup().multipliedBy(6))
        .plus(overLinks(profile));
  }

  private static List<PlannedPoint> points(Profile profile, List<CpuPlacement> placements) {
    return profile.points(profile.rates(SATURATION), placements);
  }
}
