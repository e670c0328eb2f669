package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a run ends, it does so in time, and the outcomes sum to what was sent. */
@Timeout(60)
@Tag("socket")
class RunEndTest {
  private static final Duration DEADLINE = Duration.ofMillis(300);
  private static final Duration LONGER_THAN_ANY_STALL = Duration.ofSeconds(40);
  private static final Pace OPEN_LOOP = new Pace.OpenLoop(2_000, Arrival.CONSTANT);

  static Stream<Arguments> everyWay() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            Stream.concat(
                Way.blocking()
                    .flatMap(way ->
                        Stream.of(
                            Arguments.of(transport, new Pace.ClosedLoop(1), 128, way),
                            Arguments.of(transport, new Pace.ClosedLoop(32), 128, way),
                            Arguments.of(transport, new Pace.ClosedLoop(16), 60_000, way),
                            Arguments.of(transport, OPEN_LOOP, 128, way))),
                Way.all()
                    .filter(way -> !way.waiting().blocksAtOnce())
                    .map(way -> Arguments.of(transport, new Pace.ClosedLoop(32), 128, way))));
  }

  @Test
  void aConnectionForWhichTheServerHasNoRoomIsNamed() throws Exception {
    try (ServerSocket neverAccepts = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LoadPlan plan =
          LoadPlan.of(Address.parse("tcp://127.0.0.1:" + neverAccepts.getLocalPort()))
              .withSocket(TcpConfig.DEFAULT.withConnectTimeout(Duration.ofMillis(300)))
              .withConnections(8);

      assertThatThrownBy(() -> new LoadRun(plan).run(Progress.NONE))
          .isInstanceOfSatisfying(
              SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.TIMED_OUT))
          .hasMessageMatching("connection [2-8] of 8 to .* may serve fewer at once .*");
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}, {1}, {2} bytes, {3}")
  @MethodSource("everyWay")
  void aCancelledRunTellsWhatItMeasured(Transport transport, Pace pace, int size, Way way)
      throws Exception {
    try (TestPeer peer = TestPeer.echo(transport)) {
      RunningLoad running =
          RunningLoad.begin(
              plan(peer, pace, size, way)
                  .withDeadline(LONGER_THAN_ANY_STALL)
                  .withStop(RunningLoad.LONG));
      running.awaitSent(200);

      running.cancel();

      LoadResult result = running.result();
      assertThat(result.cancelled()).isTrue();
      assertThat(result.outcomes().ok()).isPositive();
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
      assertThat(result.outcomes().ok()).isEqualTo(result.sent());
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}, {1}, {2} bytes, {3}")
  @MethodSource("everyWay")
  void aServerThatDiesLeavesEveryMessageWithItsFate(
      Transport transport, Pace pace, int size, Way way) throws Exception {
    try (Standstill standstill = new Standstill(200);
        TestPeer peer = TestPeer.stalling(transport, standstill)) {
      RunningLoad running =
          RunningLoad.begin(plan(peer, pace, size, way).withStop(RunningLoad.LONG));
      standstill.await();

      peer.stop(); // With at least one message under way.
      running.awaitProgress(2);
      running.cancel();

      LoadResult result = running.result();
      Outcomes outcomes = result.outcomes();
      assertThat(outcomes.ok()).isPositive();
      assertThat(outcomes.lost() + outcomes.refused() + outcomes.failed()).isPositive();
      assertThat(outcomes.total()).isEqualTo(result.sent());
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}, {1}, {2} bytes, {3}")
  @MethodSource("everyWay")
  void aServerThatComesBackIsUsedAgain(Transport transport, Pace pace, int size, Way way)
      throws Exception {
    try (TestPeer peer = TestPeer.echo(transport)) {
      RunningLoad running =
          RunningLoad.begin(plan(peer, pace, size, way).withStop(RunningLoad.LONG));
      running.awaitSent(200);
      peer.stop();
      peer.restart();
      long before = peer.served();

      running.awaitThat(() -> peer.served() > before + 50);
      running.cancel();

      LoadResult result = running.result();
      assertThat(peer.served()).isGreaterThan(before + 50);
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
      assertThat(result.outcomes().corrupt()).isZero();
      if (transport == Transport.TCP) {
        assertThat(result.reconnects()).isPositive();
        assertThat(result.faults()).isNotEmpty();
      }
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}, {1}, {2} bytes, {3}")
  @MethodSource("everyWay")
  void aPeerThatNeverAnswersLosesEverything(Transport transport, Pace pace, int size, Way way)
      throws Exception {
    long messages = pace instanceof Pace.ClosedLoop(int window) ? window : 50;
    LoadResult result = withoutAnAnswer(transport, pace, size, way, new Stop.AfterCount(messages));

    assertThat(result.sent()).isEqualTo(messages);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}, {1}, {2} bytes, {3}")
  @MethodSource("everyWay")
  void aPeerThatNeverAnswersDoesNotPutOffTheEnd(Transport transport, Pace pace, int size, Way way)
      throws Exception {
    LoadResult result =
        withoutAnAnswer(transport, pace, size, way, new Stop.After(Duration.ofMillis(700)));

    assertThat(result.cancelled()).isFalse();
  }

  private static LoadResult withoutAnAnswer(
      Transport transport, Pace pace, int size, Way way, Stop stop) throws Exception {
    try (TestPeer peer = TestPeer.silent(transport)) {
      LoadResult result = RunningLoad.begin(plan(peer, pace, size, way).withStop(stop)).result();

      assertThat(result.outcomes().ok()).isZero();
      assertThat(result.outcomes().lost() + result.outcomes().failed()).isEqualTo(result.sent());
      assertThat(result.service().getTotalCount()).isZero();
      return result;
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aDeadTcpPortCanNotBeginARun() throws IOException {
    TestPeer peer = TestPeer.echo(Transport.TCP);
    peer.stop();

    assertThatThrownBy(() -> new LoadRun(LoadPlan.of(peer.address())).run(Progress.NONE))
        .isInstanceOfSatisfying(
            SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.REFUSED));
  }

  private static LoadPlan plan(TestPeer peer, Pace pace, int size, Way way) {
    LoadPlan plan = way.of(LoadPlan.of(peer.address()));
    return plan.withSocket(TestPeer.withReceiveLimit(plan.socket(), 65_000))
        .withPace(pace)
        .withSizes(MessageSizes.of(size))
        .withWarmup(Duration.ZERO)
        .withDeadline(DEADLINE);
  }
}
