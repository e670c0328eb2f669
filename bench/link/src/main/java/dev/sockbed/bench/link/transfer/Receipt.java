package dev.sockbed.bench.link.transfer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What has come of a file, and when it was whole. May be used by several threads. */
final class Receipt {
  private static final long NEVER = Long.MIN_VALUE;

  private final long bytes;
  private final AtomicLong arrived = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile long wholeNanos = NEVER;
  private volatile boolean damaged;

  /**
   * Of a file of which nothing has come.
   *
   * @param bytes of the file
   */
  Receipt(long bytes) {
    this.bytes = bytes;
  }

  /** So many more bytes came, each for the first time. */
  void came(int more) {
    if (arrived.addAndGet(more) == bytes && !damaged) {
      wholeNanos = System.nanoTime();
      over.countDown();
    }
  }

  /** Bytes came that are not the file's: it will never be whole. */
  void damage() {
    damaged = true;
    over.countDown();
  }

  /** Nothing more will come. */
  void end() {
    over.countDown();
  }

  /** Waits until it is whole or will never be; false if that takes longer. */
  boolean await(long nanos) throws InterruptedException {
    return over.await(nanos, TimeUnit.NANOSECONDS);
  }

  boolean isWhole() {
    return wholeNanos != NEVER;
  }

  boolean isDamaged() {
    return damaged;
  }

  /** When the last byte came, of a file that is whole. */
  long wholeNanos() {
    return wholeNanos;
  }

  /** Bytes that came. */
  long arrived() {
    return arrived.get();
  }
}
