package dev.sockbed.bench.conformance.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long this process was held up, by other programs or by its own work: what it can't do in time
 * it can't ask of others. Its thread is to be of the kind that cases run in; it asks to be woken
 * again and again, and adds up how late it was.
 */
final class HeartBeat implements Runnable {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  /** Less than this is what happens on any machine that has work. */
  private static final Duration SHORTEST_HOLD_UP = Duration.ofMillis(100);

  private final LongSupplier clock;

  // Guarded by this object's own monitor.
  private long dueNanos;
  private long heldUpNanos;

  /**
   * A heart that has yet to beat.
   *
   * @param clock nanoseconds from any beginning, as of {@link System#nanoTime}
   */
  HeartBeat(LongSupplier clock) {
    this.clock = clock;
    this.dueNanos = clock.getAsLong() + INTERVAL.toNanos();
  }

  /** Beats until it is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes how late it is, and when it is to be called next. */
  synchronized void beat() {
    long now = clock.getAsLong();
    heldUpNanos += lateness(now);
    dueNanos = now + INTERVAL.toNanos();
  }

  /** For how long, all told, this process could do nothing; rises, and counts the present too. */
  synchronized long heldUpNanos() {
    return heldUpNanos + lateness(clock.getAsLong());
  }

  private long lateness(long now) {
    long late = now - dueNanos;
    return late >= SHORTEST_HOLD_UP.toNanos() ? late : 0;
  }
}
