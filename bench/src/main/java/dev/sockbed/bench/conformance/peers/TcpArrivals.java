package dev.sockbed.bench.conformance.peers;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a connection and was not taken yet, and how it ended. One thread adds, others
 * wait and take; what nobody takes is bounded.
 */
final class TcpArrivals {
  /** No case sends more than this. */
  private static final int MOST_BYTES = 8 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private int taken;
  private @Nullable TcpEnd end;
  private long lastNanos = System.nanoTime();

  /** Adds bytes; false if that is more than a case can hold. */
  boolean add(byte[] bytes) {
    lock.lock();
    try {
      arrived.writeBytes(bytes);
      lastNanos = System.nanoTime();
      changed.signalAll();
      return arrived.size() <= MOST_BYTES;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will be added. */
  void end(TcpEnd how) {
    lock.lock();
    try {
      end = how;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How it ended, or null if it has not. */
  @Nullable TcpEnd end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** When bytes came last, as of {@link System#nanoTime}. */
  long lastNanos() {
    lock.lock();
    try {
      return lastNanos;
    } finally {
      lock.unlock();
    }
  }

  /** {@link TcpPeer#receive}. */
  byte[] take(int count, Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(count, within);
      return take(Math.min(count, available()));
    } finally {
      lock.unlock();
    }
  }

  /** {@link TcpPeer#receiveSome}. */
  byte[] takeSome(Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(1, within);
      return take(available());
    } finally {
      lock.unlock();
    }
  }

  /** {@link TcpPeer#receiveUntilQuiet}. */
  byte[] takeUntilQuiet(Duration quiet, Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(1, within);
      int before = -1;
      while (available() > before && end == null) {
        before = available();
        waitFor(before + 1, quiet);
      }
      return take(available());
    } finally {
      lock.unlock();
    }
  }

  /** {@link TcpPeer#awaitEnd}. */
  @Nullable TcpEnd awaitEnd(Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(Integer.MAX_VALUE, within);
      return end;
    } finally {
      lock.unlock();
    }
  }

  private void waitFor(int count, Duration within) throws InterruptedException {
    long left = within.toNanos();
    while (available() < count && end == null && left > 0) {
      left = changed.awaitNanos(left);
    }
  }

  private byte[] take(int count) {
    byte[] all = arrived.toByteArray();
    byte[] part = Arrays.copyOfRange(all, taken, taken + count);
    taken += count;
    if (taken == all.length) {
      arrived.reset();
      taken = 0;
    }
    return part;
  }

  private int available() {
    return arrived.size() - taken;
  }
}
