package dev.sockbed.bench.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Pauses between vain attempts: 5 ms, then doubling up to 250 ms. */
final class RetryPause {
  private static final long SHORTEST_NANOS = Duration.ofMillis(5).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMillis(250).toNanos();

  private long nextNanos = SHORTEST_NANOS;

  /** Waits, but not after the phase has ended; the next pause is longer. */
  void pause(Phase phase) {
    long begin = System.nanoTime();
    for (long now = begin; now - begin < nextNanos && !phase.over(now); now = System.nanoTime()) {
      LockSupport.parkNanos(this, Math.min(SHORTEST_NANOS, nextNanos - (now - begin)));
    }
    nextNanos = Math.min(2 * nextNanos, LONGEST_NANOS);
  }

  /** It worked: the next pause is a short one again. */
  void reset() {
    nextNanos = SHORTEST_NANOS;
  }
}
