package dev.sockbed.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before trying again what failed for want of descriptors or memory: 5 ms, then
 * twice as long each time, up to half a second. Used by one thread.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofMillis(500);

  private final CountDownLatch stopping;
  private Duration next = FIRST;

  /**
   * @param stopping ends a pause when it is counted down
   */
  Backoff(CountDownLatch stopping) {
    this.stopping = stopping;
  }

  /** Waits, after one more failure. */
  void pause() {
    try {
      stopping.await(next().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Nobody has a reason to; the socket call that comes next fails for it and ends the thread.
      Thread.currentThread().interrupt();
    }
  }

  /** How long the pause after one more failure is. */
  Duration next() {
    Duration pause = next;
    Duration twice = pause.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return pause;
  }

  /** After a success: the next failure begins again with the shortest pause. */
  void reset() {
    next = FIRST;
  }
}
