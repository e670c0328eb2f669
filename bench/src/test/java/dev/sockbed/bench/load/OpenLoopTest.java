package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An open loop over both transports. */
class OpenLoopTest {
  @ParameterizedTest(name = "{0}, {1} connections, {2}")
  @CsvSource({"TCP,1,CONSTANT", "UDP,1,CONSTANT", "TCP,7,POISSON", "UDP,7,POISSON"})
  void everyMessageOfTheScheduleIsSentAndComesBack(
      Transport transport, int connections, Arrival arrival) throws IOException {
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(new Pace.OpenLoop(1_000, arrival))
              .withConnections(connections)
              .withWarmup(Duration.ofMillis(20))
              .withDeadline(Duration.ofSeconds(10))
              .withStop(new Stop.AfterCount(500));

      LoadResult result = new LoadRun(plan).run(Progress.NONE);

      assertThat(result.sent()).isEqualTo(500);
      assertThat(result.outcomes().ok()).isEqualTo(500);
      assertThat(result.strays()).isZero();
      assertThat(result.faults()).isEmpty();
      assertThat(result.reconnects()).isZero();
      assertThat(Objects.requireNonNull(result.response()).getTotalCount()).isEqualTo(500);
      assertThat(result.elapsedNanos()).isBetween(300_000_000L, 5_000_000_000L);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRateBeyondReachIsMissedAndSaysWhatLimitedIt(Transport transport) throws IOException {
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(new Pace.OpenLoop(100_000_000, Arrival.CONSTANT))
              .withWarmup(Duration.ZERO)
              .withStop(new Stop.After(Duration.ofMillis(300)));

      LoadResult result = new LoadRun(plan).run(Progress.NONE);

      Rate rate = Objects.requireNonNull(result.rate());
      assertThat(rate.reached()).isFalse();
      assertThat(rate.achieved()).isPositive().isLessThan(50_000_000);
      assertThat(rate.limitedBy()).isNotBlank();
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
    }
  }
}
