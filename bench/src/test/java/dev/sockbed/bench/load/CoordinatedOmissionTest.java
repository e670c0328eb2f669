package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that stands still for 100 ms once a second: who sees it, and who does not. */
class CoordinatedOmissionTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long STALL = Duration.ofMillis(100).toNanos();
  private static final long TELLING = Duration.ofMillis(40).toNanos();

  @ParameterizedTest
  @EnumSource(Transport.class)
  void responseTimeShowsAStallThatAClosedLoopHides(Transport transport) throws IOException {
    long start = System.nanoTime();
    BooleanSupplier stalls = () -> (System.nanoTime() - start) % SECOND < STALL;
    try (TestPeer peer = TestPeer.stalling(transport, stalls)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withWarmup(Duration.ofMillis(100))
              .withStop(new Stop.After(Duration.ofMillis(2_200)));

      LoadResult open =
          new LoadRun(plan.withPace(new Pace.OpenLoop(1_000, Arrival.CONSTANT))).run(Progress.NONE);
      LoadResult closed =
          new LoadRun(plan.withStop(new Stop.After(Duration.ofMillis(1_300)))).run(Progress.NONE);

      assertThat(p99(Objects.requireNonNull(open.response()))).isGreaterThanOrEqualTo(TELLING);
      assertThat(p99(closed.service())).isLessThan(TELLING);
      assertThat(closed.service().getMaxValue()).isGreaterThan(TELLING);
      assertThat(open.outcomes().ok()).isEqualTo(open.sent());
    }
  }

  private static long p99(Histogram histogram) {
    return histogram.getValueAtPercentile(99);
  }
}
