package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.testing.Call;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WatchdogTest {
  private static final Duration TIMEOUT = Duration.ofMillis(40);

  private final AtomicInteger barks = new AtomicInteger();

  @Test
  void itBarksOnceAndNotBeforeTimeIsUp() {
    AtomicLong barkedAt = new AtomicLong();
    try (Watchdog.Guard guard =
        Watchdog.guard(
            TIMEOUT,
            () -> {
              barkedAt.set(System.nanoTime());
              barks.incrementAndGet();
            })) {
      long armedAt = System.nanoTime();
      guard.arm(TIMEOUT.toNanos());
      awaitBarks(1);
      assertThat(barkedAt.get() - armedAt).isGreaterThanOrEqualTo(TIMEOUT.toNanos());
      assertThat(guard.expired()).isTrue();
      letAnotherGuardExpire();
      assertThat(barks).hasValue(1);
    }
  }

  @Test
  void itDoesNotBarkWhenDisarmedInTime() throws Exception {
    try (Watchdog.Guard guard = Watchdog.guard(TIMEOUT, barks::incrementAndGet)) {
      guard.arm(Call.PATIENCE.toNanos());
      guard.disarm();
      letAnotherGuardExpire();
      assertThat(barks).hasValue(0);
      assertThat(guard.expired()).isFalse();
    }
  }

  @Test
  void armingAgainBeginsAnew() {
    try (Watchdog.Guard guard = Watchdog.guard(TIMEOUT, barks::incrementAndGet)) {
      guard.arm(Call.PATIENCE.toNanos());
      guard.arm(TIMEOUT.toNanos());
      awaitBarks(1);
      guard.arm(TIMEOUT.toNanos());
      awaitBarks(2);
      guard.arm(TIMEOUT.toNanos());
      guard.arm(Call.PATIENCE.toNanos());
      letAnotherGuardExpire();
      assertThat(barks.get()).isBetween(2, 3); // 3 when this thread was held up between the two.
    }
  }

  @Test
  void aClosedGuardNeverBarks() {
    Watchdog.Guard guard = Watchdog.guard(TIMEOUT, barks::incrementAndGet);
    guard.arm(Call.PATIENCE.toNanos());
    guard.close();
    guard.arm(1);
    letAnotherGuardExpire();
    assertThat(barks).hasValue(0);
  }

  @Test
  void oneGuardsFaultLeavesTheWatchdogAlive() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, _) -> told.countDown());
    try (Watchdog.Guard guard =
        Watchdog.guard(
            TIMEOUT,
            () -> {
              throw new IllegalStateException("planted");
            })) {
      guard.arm(TIMEOUT.toNanos());
      assertThat(told.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      letAnotherGuardExpire();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void lookingAtTheSameGuardsAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Watchdog.Guard guard = Watchdog.guard(TIMEOUT, barks::incrementAndGet)) {
      long watchdog = watchdog();
      // Other tests' guards may come and go meanwhile, and that allocates.
      await()
          .atMost(Call.PATIENCE)
          .until(() -> {
            long before = threads.getThreadAllocatedBytes(watchdog);
            int barked = barks.get();
            guard.arm(TIMEOUT.toNanos());
            awaitBarks(barked + 1);
            return threads.getThreadAllocatedBytes(watchdog) == before;
          });
    }
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // Without it the test would only see less.
  void aGuardThatIsLookedAtInTimeAnywayDoesNotWakeIt() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Watchdog.Guard _ = Watchdog.guard(TIMEOUT, () -> {})) {
      long watchdog = watchdog();
      long begin = System.nanoTime();
      long end = begin + 5 * TIMEOUT.toNanos();
      long before = threads.getThreadInfo(watchdog).getWaitedCount();
      while (System.nanoTime() - end < 0) {
        Watchdog.guard(TIMEOUT, () -> {}).close();
        Thread.yield(); // So that a watchdog that was woken has looked and sleeps again.
      }
      long sleeps = threads.getThreadInfo(watchdog).getWaitedCount() - before;
      long looksOfItsOwn = (System.nanoTime() - begin) / Duration.ofMillis(1).toNanos();
      assertThat(sleeps).isLessThan(10 + looksOfItsOwn);
    }
  }

  @Test
  void aGuardOfAShortTimeoutIsNotLeftUntilALongLookEnds() {
    try (Watchdog.Guard _ = Watchdog.guard(Duration.ofDays(1), () -> {})) {
      awaitBarkOfANewGuard();
    }
    awaitBarkOfANewGuard();
  }

  private void awaitBarkOfANewGuard() {
    try (Watchdog.Guard guard = Watchdog.guard(TIMEOUT, barks::incrementAndGet)) {
      int barked = barks.get();
      guard.arm(TIMEOUT.toNanos());
      awaitBarks(barked + 1);
    }
  }

  private static long watchdog() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("sockbed-watchdog"))
        .findFirst()
        .orElseThrow()
        .threadId();
  }

  private void awaitBarks(int count) {
    await().atMost(Call.PATIENCE).until(() -> barks.get() >= count);
  }

  /**
   * When that has happened, the watchdog has looked at every other guard too, since the timeout.
   */
  private static void letAnotherGuardExpire() {
    try (Watchdog.Guard other = Watchdog.guard(TIMEOUT, () -> {})) {
      other.arm(2 * TIMEOUT.toNanos());
      await().atMost(Call.PATIENCE).until(other::expired);
    }
  }
}
