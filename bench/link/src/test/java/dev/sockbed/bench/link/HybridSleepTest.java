package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HybridSleepTest {
  private static final long LENGTH = HybridSleep.LENGTH_NANOS;

  private final HybridSleep hybridSleep = new HybridSleep(0);

  @Test
  void itSleepsUntilALittleBeforeAndWatchesTheClockFromThen() {
    assertThat(hybridSleep.sleepNanos(0, 1_000_000)).isEqualTo(1_000_000 - LENGTH);
    assertThat(hybridSleep.sleepNanos(1_000_000 - LENGTH, LENGTH)).isZero();
    assertThat(hybridSleep.sleepNanos(999_999, 1)).isZero();
  }

  @Test
  void packetsThatAreDueSeldomAreAllWatchedFor() {
    Waited waited = waitFor(1_000, 2_000_000);

    assertThat(waited.watchedNanos).isEqualTo(1_000 * LENGTH);
  }

  @Test
  void noMoreThanItsPartOfTheTimeIsWatched() {
    Waited waited = waitFor(100_000, 100_000);

    assertThat((double) waited.watchedNanos / waited.nowNanos)
        .isBetween(0.9 / HybridSleep.PART, 1.02 / HybridSleep.PART);
  }

  /** On a clock of its own, by which a sleep is as long as it should be. */
  private Waited waitFor(int packets, long distanceNanos) {
    Waited waited = new Waited();
    long dueNanos = 0;
    for (int i = 0; i < packets; i++) {
      dueNanos += distanceNanos;
      while (waited.nowNanos < dueNanos) {
        long sleep = hybridSleep.sleepNanos(waited.nowNanos, dueNanos - waited.nowNanos);
        waited.watchedNanos += sleep == 0 ? 1_000 : 0;
        waited.nowNanos += sleep == 0 ? 1_000 : sleep;
      }
    }
    return waited;
  }

  private static final class Waited {
    private long nowNanos;
    private long watchedNanos;
  }
}
