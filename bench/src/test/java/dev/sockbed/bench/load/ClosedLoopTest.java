package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A closed loop over both transports against a peer that is well. */
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

  @ParameterizedTest(name = "{0}, window {1}, {2} connections, {3} bytes")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TCP |    1 |  1 | 128
          UDP |    1 |  1 | 128
          TCP |  256 |  1 | 128
          UDP |   64 |  1 | 128
          TCP |    8 | 20 | 16
          UDP |    8 | 20 | 16
          TCP |    4 |  1 | 1
          UDP |    4 |  1 | 1
          TCP |   16 |  2 | 1,7,8,15,16,17,127,300
          UDP |   16 |  2 | 1,7,8,15,16,17,127
          """)
  void everyMessageComesBackAndIsCountedOnce(
      Transport transport, int window, int connections, String sizes) throws IOException {
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

      LoadResult result = new LoadRun(plan).run(Progress.NONE);

      assertThat(result.outcomes()).isEqualTo(new Outcomes(2_003, 0, 0, 0, 0, 0, 0));
      assertThat(result.sent()).isEqualTo(2_003);
      assertThat(result.strays()).isZero();
      assertThat(result.service().getTotalCount()).isEqualTo(2_003);
      assertThat(result.sendCall().getTotalCount()).isEqualTo(2_003);
      assertThat(result.faults()).isEmpty();
    }
    leftovers.assertNone();
  }
}
