package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An open loop over both transports. */
@Tag("socket")
class OpenLoopTest {
  static Stream<Arguments> all() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            Stream.concat(
                Way.all().map(way -> Arguments.of(transport, 1, Arrival.CONSTANT, way)),
                // Seven threads that never sleep would take a small machine from the sender.
                Way.all()
                    .filter(way -> !way.waiting().spinsForever())
                    .map(way -> Arguments.of(transport, 7, Arrival.POISSON, way))));
  }

  @ParameterizedTest(name = "{0}, {1} connections, {2}, {3}")
  @MethodSource("all")
  void everyMessageOfTheScheduleIsSentAndComesBack(
      Transport transport, int connections, Arrival arrival, Way way) throws IOException {
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(new Pace.OpenLoop(1_000, arrival))
              .withConnections(connections)
              .withWarmup(Duration.ofMillis(20))
              .withDeadline(Duration.ofSeconds(10))
              .withStop(new Stop.AfterCount(500));

      LoadResult result = new LoadRun(way.of(plan)).run(Progress.NONE);

      assertThat(result.sent()).isEqualTo(500);
      assertThat(result.due()).isEqualTo(500);
      assertThat(result.outcomes().ok()).isEqualTo(500);
      assertThat(result.strays()).isZero();
      assertThat(result.faults()).isEmpty();
      assertThat(result.reconnects()).isZero();
      assertThat(Objects.requireNonNull(result.response()).getTotalCount()).isEqualTo(500);
      assertThat(result.elapsedNanos()).isGreaterThan(300_000_000L);
    }
  }

  static Stream<Arguments> blocking() {
    return Stream.of(Transport.values())
        .flatMap(transport -> Way.blocking().map(way -> Arguments.of(transport, way)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("blocking")
  void aRateBeyondReachIsMissedAndSaysWhatLimitedIt(Transport transport, Way way) throws Exception {
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(new Pace.OpenLoop(100_000_000, Arrival.CONSTANT))
              .withWarmup(Duration.ZERO)
              .withStop(RunningLoad.LONG);

      RunningLoad running = RunningLoad.begin(way.of(plan));
      running.awaitSent(1_000);
      running.cancel();

      LoadResult result = running.result();
      Rate rate = Objects.requireNonNull(result.rate());
      assertThat(rate.reached()).isFalse();
      assertThat(rate.achieved()).isPositive().isLessThan(50_000_000);
      assertThat(rate.limitedBy()).isNotBlank();
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
      assertThat(result.due()).isGreaterThan(2 * result.sent());
      // What is due at the same time, as all is here, goes out together.
      long calls = result.sendCall().getTotalCount();
      assertThat(calls < result.sent() / 2).isEqualTo(way.isBatched());
    }
  }

  /** It waits for nothing, however long a reply may take. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("blocking")
  void aConnectionThatWasNotSentOnIsNotWaitedFor(Transport transport, Way way) throws IOException {
    Duration deadline = Duration.ofSeconds(30);
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(new Pace.OpenLoop(10, Arrival.CONSTANT))
              .withConnections(3)
              .withWarmup(Duration.ZERO)
              .withDeadline(deadline)
              .withStop(new Stop.AfterCount(2));

      long begin = System.nanoTime();
      LoadResult result = new LoadRun(way.of(plan)).run(Progress.NONE);

      assertThat(result.outcomes().ok()).isEqualTo(2);
      assertThat(System.nanoTime() - begin).isLessThan(deadline.toNanos());
    }
  }

  /** A peer that answered would make room for them; what is overdue must do so as well. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("blocking")
  void aPeerThatNeverAnswersDoesNotStopTheSchedule(Transport transport, Way way) throws Exception {
    long rate = 5_000;
    try (TestPeer peer = TestPeer.silent(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(new Pace.OpenLoop(rate, Arrival.CONSTANT))
              .withWarmup(Duration.ZERO)
              .withDeadline(Duration.ofMillis(50))
              .withStop(RunningLoad.LONG);

      RunningLoad running = RunningLoad.begin(way.of(plan));
      running.awaitSent(3 * rate); // There is room for the messages of 2.1 s.
      running.cancel();

      LoadResult result = running.result();
      assertThat(result.sent()).isGreaterThan(3 * rate);
      assertThat(result.outcomes().ok()).isZero();
      assertThat(result.outcomes().lost() + result.outcomes().failed()).isEqualTo(result.sent());
    }
  }
}
