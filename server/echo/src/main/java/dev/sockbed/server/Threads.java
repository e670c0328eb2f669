package dev.sockbed.server;

import java.time.Duration;
import java.util.Collection;

/** Waiting for a server's threads to end. */
final class Threads {
  /** A thread whose socket was closed under it needs no longer than this to end. */
  static final Duration LAST_MOMENT = Duration.ofMillis(400);

  private Threads() {}

  /**
   * Waits until all have ended, together no longer than {@code within}. An interrupt does not
   * shorten that, since it is bounded anyway; it stays set.
   *
   * @return whether all have ended
   */
  static boolean ended(Collection<Thread> threads, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    boolean interrupted = false;
    try {
      for (Thread thread : threads) {
        while (thread.isAlive() && System.nanoTime() < deadline) {
          try {
            thread.join(Duration.ofNanos(deadline - System.nanoTime()));
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
      return threads.stream().noneMatch(Thread::isAlive);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
