package dev.sockbed.bench.conformance.cases;

import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * What one connection of a measuring client brought, and in what time. One thread adds to it while
 * another reads.
 */
final class ProbeStream {
  /** The first echoes are held back, so that a client's clock goes on while it waits for them. */
  static final int HELD_BACK = 5;

  static final Duration HOLD_BACK = Duration.ofMillis(40);

  private final int most;

  // Guarded by this object's own monitor.
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int pieces;
  private long firstNanos;
  private long lastNanos;

  /**
   * An empty one.
   *
   * @param most bytes that are kept; a client may send without end
   */
  ProbeStream(int most) {
    this.most = most;
  }

  synchronized void add(byte[] bytes) {
    if (kept.size() < most) {
      lastNanos = System.nanoTime();
      firstNanos = pieces == 0 ? lastNanos : firstNanos;
    }
    pieces++;
    kept.write(bytes, 0, Math.min(bytes.length, most - kept.size()));
  }

  /** Waits for a moment if this is one of the first pieces. */
  void holdBack() throws InterruptedException {
    if (pieces() <= HELD_BACK) {
      Thread.sleep(HOLD_BACK);
    }
  }

  private synchronized int pieces() {
    return pieces;
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }

  /** Between the arrivals of the first and the last bytes that were kept. */
  synchronized long elapsedNanos() {
    return lastNanos - firstNanos;
  }
}
