package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A closed loop over both transports against a peer that is well. */
@Tag("socket")
class ClosedLoopTest {
  @BeforeAll
  static void theJdkOpensASocketOfItsOwnWhenItFirstClosesOne() throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.TCP)) {
      new LoadRun(
              LoadPlan.of(peer.address())
                  .withWarmup(Duration.ZERO)
                  .withStop(new Stop.AfterCount(1)))
          .run(Progress.NONE);
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(
            of(Transport.TCP, 1, 1, "128"),
            of(Transport.UDP, 1, 1, "128"),
            of(Transport.TCP, 256, 1, "128"),
            of(Transport.UDP, 64, 1, "128"),
            of(Transport.TCP, 1_024, 1, "1000"),
            of(Transport.TCP, 8, 20, "16"),
            of(Transport.UDP, 8, 20, "16"),
            of(Transport.TCP, 4, 1, "1"),
            of(Transport.UDP, 4, 1, "1"),
            of(Transport.TCP, 16, 2, "1,7,8,15,16,17,127,300"),
            of(Transport.UDP, 16, 2, "1,7,8,15,16,17,127"))
        .flatMap(Function.identity());
  }

  /** In every way; but twenty threads that never sleep would take a small machine for minutes. */
  private static Stream<Arguments> of(
      Transport transport, int window, int connections, String sizes) {
    return Way.all()
        .filter(way -> connections < 3 || !way.waiting().spinsForever())
        .map(way -> Arguments.of(transport, window, connections, sizes, way));
  }

  @ParameterizedTest(name = "{0}, window {1}, {2} connections, {3} bytes, {4}")
  @MethodSource("all")
  void everyMessageComesBackAndIsCountedOnce(
      Transport transport, int window, int connections, String sizes, Way way) throws IOException {
    Leftovers leftovers = Leftovers.lookNow();
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withPace(new Pace.ClosedLoop(window))
              .withConnections(connections)
              .withSizes(MessageSizes.parse(sizes))
              .withWarmup(Duration.ofMillis(20))
              .withDeadline(Duration.ofSeconds(10))
              .withStop(new Stop.AfterCount(2_003));

      LoadResult result = new LoadRun(way.of(plan)).run(Progress.NONE);

      assertThat(result.outcomes()).isEqualTo(new Outcomes(2_003, 0, 0, 0, 0, 0, 0));
      assertThat(result.sent()).isEqualTo(2_003);
      assertThat(result.strays()).isZero();
      assertThat(result.service().getTotalCount()).isEqualTo(2_003);
      long calls = result.sendCall().getTotalCount();
      if (!way.isBatched()) {
        assertThat(calls).isEqualTo(2_003);
      } else if (window >= 8) {
        assertThat(calls).as("at least a quarter of the window goes together").isLessThan(2_003);
      }
      assertThat(result.faults()).isEmpty();
    }
    leftovers.assertNone();
  }
}
