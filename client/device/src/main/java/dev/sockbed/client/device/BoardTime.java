package dev.sockbed.client.device;

import java.time.Duration;

/** The board's clock. */
public interface BoardTime {
  /** The time of this machine. */
  BoardTime REAL =
      new BoardTime() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration length) throws InterruptedException {
          Thread.sleep(length);
        }
      };

  /** Nanoseconds since some moment that stays the same; good for differences only. */
  long nanoTime();

  /**
   * Waits that long.
   *
   * @throws InterruptedException at once, if the thread is or was interrupted
   */
  void sleep(Duration length) throws InterruptedException;
}
