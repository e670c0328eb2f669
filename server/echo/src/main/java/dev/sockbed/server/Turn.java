package dev.sockbed.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How much a service thread does before it lets others run. The system takes a processor from a
 * platform thread by force. Nothing takes its carrier thread from a virtual thread that always
 * finds something to receive: as few such callers as there are carriers would keep all others out,
 * and whoever wants to stop the server.
 *
 * <p>So a virtual thread that had no reason to wait during its turn pauses after it. Together such
 * threads leave one carrier to those that wait: the more they are, the longer each pauses. A yield
 * is not enough, since a carrier looks for work that comes from elsewhere only when it has none.
 *
 * <p>Used by one thread.
 */
final class Turn implements AutoCloseable {
  /** Of receives that asked the system; with their sends, some 50 µs of work. */
  private static final int RECEIVES = 4;

  /** Of receives that a batch had in store; some 30 µs of work. */
  private static final int BYTES = 32 << 10;

  /** A receive that took so long has waited, and its carrier did something else. */
  private static final long WAITED_NANOS = 50_000;

  /** Carriers for threads that never wait; half of the only one. */
  private static final double CARRIERS =
      Math.max(Runtime.getRuntime().availableProcessors() - 1, 0.5);

  /** Of which more is not work, but the system's own pauses. */
  private static final long LONGEST_WORK_NANOS = 200_000;

  /** How many threads of this process had no reason to wait in their last turn. */
  private static final AtomicInteger BUSY = new AtomicInteger();

  private final boolean virtual = Thread.currentThread().isVirtual();
  private long startNanos = System.nanoTime();
  private long askedNanos;
  private boolean asked;
  private boolean busy;
  private int receives;
  private int bytes;

  /** To be called before a receive that asks the system. */
  void asks() {
    if (virtual) {
      asked = true;
      askedNanos = System.nanoTime();
      receives++;
    }
  }

  /** To be called after each receive, with what it gave; pauses if it is the turn of others. */
  void received(int length) {
    if (!virtual) {
      return;
    }
    bytes += length;
    if (asked && System.nanoTime() - askedNanos > WAITED_NANOS) {
      setBusy(false);
      begin();
    } else if (receives >= RECEIVES || bytes >= BYTES) {
      setBusy(true);
      pause();
      begin();
    }
    asked = false;
  }

  private void begin() {
    startNanos = System.nanoTime();
    receives = 0;
    bytes = 0;
  }

  private void pause() {
    long worked = Math.min(System.nanoTime() - startNanos, LONGEST_WORK_NANOS);
    long others = (long) (worked * (BUSY.get() / CARRIERS - 1));
    LockSupport.parkNanos(this, Math.max(others, 1));
  }

  private void setBusy(boolean now) {
    if (now != busy) {
      busy = now;
      BUSY.addAndGet(now ? 1 : -1);
    }
  }

  /** To be called when the thread ends. */
  @Override
  public void close() {
    setBusy(false);
  }
}
