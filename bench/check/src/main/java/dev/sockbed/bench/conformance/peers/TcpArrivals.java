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
  /** No case waits for more than this at once. */
  static final int MOST_BYTES = 8 << 20;

  /** So much of a buffer may be bytes that were taken, before these are thrown away. */
  private static final int MOST_TAKEN_BYTES = 256 << 10;

  private final ArrivalsRoom room;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private Bytes arrived = new Bytes();
  private int taken;
  private @Nullable TcpEnd end;
  private long lastNanos = System.nanoTime();

  /** None yet; what arrives is to have room there. */
  TcpArrivals(ArrivalsRoom room) {
    this.room = room;
  }

  /** Adds bytes; false, and adds none, if that is more than a case can hold. */
  boolean add(byte[] bytes) {
    lock.lock();
    try {
      if (arrived.size() + bytes.length > MOST_BYTES || !room.take(bytes.length)) {
        return false;
      }
      arrived.writeBytes(bytes);
      lastNanos = System.nanoTime();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something is taken, or that long. */
  void awaitTaken(Duration within) throws InterruptedException {
    lock.lock();
    try {
      int before = available();
      long left = within.toNanos();
      while (available() == before && left > 0) {
        left = changed.awaitNanos(left);
      }
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

  /** {@link TcpCheckPeer#hasSome}. */
  boolean hasSome() {
    lock.lock();
    try {
      return available() > 0;
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

  /** {@link TcpCheckPeer#receive}. */
  byte[] take(int count, Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(count, within);
      return take(Math.min(count, available()));
    } finally {
      lock.unlock();
    }
  }

  /** {@link TcpCheckPeer#receiveSome}. */
  byte[] takeSome(int most, Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(1, within);
      return take(Math.min(most, available()));
    } finally {
      lock.unlock();
    }
  }

  /** {@link TcpCheckPeer#receiveUntilQuiet}. */
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

  /** {@link TcpCheckPeer#awaitEnd}. */
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
    byte[] part = arrived.copy(taken, count);
    taken += count;
    changed.signalAll();
    if (available() == 0 || taken > MOST_TAKEN_BYTES) {
      byte[] rest = arrived.copy(taken, available());
      arrived = new Bytes();
      arrived.writeBytes(rest);
      room.giveBack(taken);
      taken = 0;
    }
    return part;
  }

  private int available() {
    return arrived.size() - taken;
  }

  /** Bytes of which a part can be copied without the rest. */
  private static final class Bytes extends ByteArrayOutputStream {
    synchronized byte[] copy(int from, int bytes) {
      return Arrays.copyOfRange(buf, from, from + bytes);
    }
  }
}
