package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However a run ends, it does so in time, and the outcomes sum to what was sent. */
@Timeout(60)
class RunEndTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration DEADLINE = Duration.ofMillis(300);

  static Stream<Arguments> everyWay() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            Stream.of(
                Arguments.of(transport, new Pace.ClosedLoop(1), 128),
                Arguments.of(transport, new Pace.ClosedLoop(32), 128),
                Arguments.of(transport, new Pace.ClosedLoop(16), 60_000),
                Arguments.of(transport, new Pace.OpenLoop(2_000, Arrival.CONSTANT), 128)));
  }

  @ParameterizedTest(name = "{0}, {1}, {2} bytes")
  @MethodSource("everyWay")
  void aCancelledRunTellsWhatItMeasured(Transport transport, Pace pace, int size) throws Exception {
    try (TestPeer peer = TestPeer.echo(transport)) {
      Running running = Running.begin(plan(peer, pace, size).withStop(new Stop.After(LONG)));
      running.awaitSent(200);

      running.run.cancel();

      LoadResult result = running.result();
      assertThat(result.cancelled()).isTrue();
      assertThat(result.outcomes().ok()).isPositive();
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
      assertThat(result.outcomes().ok()).isEqualTo(result.sent());
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2} bytes")
  @MethodSource("everyWay")
  void aServerThatDiesLeavesEveryMessageWithItsFate(Transport transport, Pace pace, int size)
      throws Exception {
    try (TestPeer peer = TestPeer.echo(transport)) {
      Stop stop = new Stop.After(Duration.ofMillis(1_500));
      Running running = Running.begin(plan(peer, pace, size).withStop(stop));
      running.awaitSent(200);

      peer.stop();

      LoadResult result = running.result();
      Outcomes outcomes = result.outcomes();
      assertThat(outcomes.ok()).isPositive();
      assertThat(outcomes.lost() + outcomes.refused() + outcomes.failed()).isPositive();
      assertThat(outcomes.total()).isEqualTo(result.sent());
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2} bytes")
  @MethodSource("everyWay")
  void aServerThatComesBackIsUsedAgain(Transport transport, Pace pace, int size) throws Exception {
    try (TestPeer peer = TestPeer.echo(transport)) {
      Running running = Running.begin(plan(peer, pace, size).withStop(new Stop.After(LONG)));
      running.awaitSent(200);
      peer.stop();
      peer.restart();
      long before = peer.served();

      await().atMost(Duration.ofSeconds(20)).until(() -> peer.served() > before + 50);
      running.run.cancel();

      LoadResult result = running.result();
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
      assertThat(result.outcomes().corrupt()).isZero();
      if (transport == Transport.TCP) {
        assertThat(result.reconnects()).isPositive();
        assertThat(result.faults()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2} bytes")
  @MethodSource("everyWay")
  void aPeerThatNeverAnswersLosesEverythingInBoundedTime(Transport transport, Pace pace, int size)
      throws Exception {
    try (TestPeer peer = TestPeer.silent(transport)) {
      Stop stop = new Stop.After(Duration.ofMillis(700));
      Running running = Running.begin(plan(peer, pace, size).withStop(stop));

      LoadResult result = running.result();
      assertThat(result.sent()).isPositive();
      assertThat(result.outcomes().ok()).isZero();
      assertThat(result.outcomes().lost() + result.outcomes().failed()).isEqualTo(result.sent());
      assertThat(result.service().getTotalCount()).isZero();
    }
  }

  @Test
  void aDeadTcpPortCanNotBeginARun() throws IOException {
    TestPeer peer = TestPeer.echo(Transport.TCP);
    peer.stop();

    assertThatThrownBy(() -> new LoadRun(LoadPlan.of(peer.address())).run(Progress.NONE))
        .isInstanceOfSatisfying(
            SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.REFUSED));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRunCancelledBeforeItBeginsEndsAtOnce(Transport transport) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadRun run = new LoadRun(LoadPlan.of(peer.address()).withStop(new Stop.After(LONG)));
      run.cancel();

      LoadResult result = run.run(Progress.NONE);

      assertThat(result.cancelled()).isTrue();
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
    }
    leftovers.assertNone();
  }

  private static LoadPlan plan(TestPeer peer, Pace pace, int size) {
    LoadPlan plan = LoadPlan.of(peer.address());
    return plan.withSocket(TestPeer.withReceiveLimit(plan.socket(), 65_000))
        .withPace(pace)
        .withSizes(MessageSizes.of(size))
        .withWarmup(Duration.ZERO)
        .withDeadline(DEADLINE);
  }

  /** A run in a thread of its own. */
  private record Running(LoadRun run, AtomicLong sent, CompletableFuture<LoadResult> future) {
    static Running begin(LoadPlan plan) {
      LoadRun run = new LoadRun(plan);
      AtomicLong sent = new AtomicLong();
      CompletableFuture<LoadResult> future = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              future.complete(run.run((elapsed, total, now) -> sent.set(now)));
            } catch (IOException | RuntimeException e) {
              future.completeExceptionally(e);
            }
          });
      return new Running(run, sent, future);
    }

    void awaitSent(long messages) {
      await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() > messages || future.isDone());
    }

    LoadResult result() throws InterruptedException, ExecutionException, TimeoutException {
      return future.get(30, TimeUnit.SECONDS);
    }
  }
}
