package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that stands still for 100 ms once a second: who sees it, and who does not. */
@Tag("socket")
class CoordinatedOmissionTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long STALL = Duration.ofMillis(100).toNanos();
  private static final long TELLING = Duration.ofMillis(40).toNanos();

  /** A message or two of so many waiting for a stall are far from being one in a hundred. */
  private static final int MANY = 10_000;

  static Stream<Arguments> all() {
    return Stream.of(Transport.values())
        .flatMap(transport -> Way.blocking().map(way -> Arguments.of(transport, way)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("all")
  void responseTimeShowsAStallThatAClosedLoopHides(Transport transport, Way way) throws Exception {
    Stalls stalls = new Stalls();
    try (TestPeer peer = TestPeer.stalling(transport, stalls)) {
      LoadPlan plan =
          way.of(LoadPlan.of(peer.address()))
              .withWarmup(Duration.ZERO)
              .withDeadline(Duration.ofSeconds(40));

      LoadResult open =
          new LoadRun(
                  plan.withPace(new Pace.OpenLoop(1_000, Arrival.CONSTANT))
                      .withStop(new Stop.After(Duration.ofMillis(2_200))))
              .run(Progress.NONE);
      RunningLoad running = RunningLoad.begin(plan.withStop(RunningLoad.LONG));
      running.awaitSent(MANY);
      int before = stalls.telling();
      running.awaitThat(() -> stalls.telling() > before);
      running.cancel();
      LoadResult closed = running.result();

      assertThat(p99(Objects.requireNonNull(open.response()))).isGreaterThanOrEqualTo(TELLING);
      assertThat(p99(closed.service())).isLessThan(TELLING);
      assertThat(closed.service().getMaxValue()).isGreaterThan(TELLING);
      assertThat(open.outcomes().ok()).as("%s", open.outcomes()).isEqualTo(open.sent());
    }
  }

  /** Asked at each message whether it must wait. */
  private static final class Stalls implements BooleanSupplier {
    private final long start = System.nanoTime();
    private final AtomicInteger telling = new AtomicInteger();

    @Override
    public boolean getAsBoolean() {
      long left = STALL - (System.nanoTime() - start) % SECOND;
      if (left > TELLING) {
        telling.incrementAndGet();
      }
      return left > 0;
    }

    /** How often a message was seen to wait for so long that it tells. */
    int telling() {
      return telling.get();
    }
  }

  private static long p99(Histogram histogram) {
    return histogram.getValueAtPercentile(99);
  }
}
