package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
@Tag("timing")
class RealTimeBudgetTest {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(40).toNanos();

  @Test
  void aThreadThatNeverSleepsIsAUsualOneUntilItDoes() throws Exception {
    FutureTask<String> seen = new FutureTask<>(RealTimeBudgetTest::workThenRest);
    Thread.ofPlatform().start(seen);

    String priorities = seen.get();
    assumeThat(priorities).as("may be a real-time thread").isNotEqualTo("0");
    assertThat(priorities).isEqualTo("1 0 1");
  }

  /** Which real-time priorities the thread had, one after the other. */
  private static String workThenRest() {
    RealTimeBudget budget = RealTimeBudget.take();
    int first = SchedulingPriority.realTimePriority();
    if (first == 0) {
      return "0";
    }
    int busy = awaitPriority(budget, 0, 0);
    return first + " " + busy + " " + awaitPriority(budget, 1, 1_000_000);
  }

  private static int awaitPriority(RealTimeBudget budget, int wanted, long restNanos) {
    long begin = System.nanoTime();
    while (SchedulingPriority.realTimePriority() != wanted
        && System.nanoTime() - begin < PATIENCE_NANOS) {
      budget.look();
      if (restNanos > 0) {
        LockSupport.parkNanos(restNanos);
      }
    }
    return SchedulingPriority.realTimePriority();
  }

  @Test
  void aThreadThatMayNotBeARealTimeOneIsLeftAlone() throws Exception {
    FutureTask<Integer> priority =
        new FutureTask<>(() -> {
          RealTimeBudget.take().look();
          return SchedulingPriority.realTimePriority();
        });
    Thread.ofVirtual().start(priority);

    assertThat(priority.get()).isZero();
  }
}
