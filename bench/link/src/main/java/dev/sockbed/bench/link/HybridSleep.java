package dev.sockbed.bench.link;

/**
 * How a thread waits for the moment at which a packet is due. The system wakes a sleeper some tens
 * of microseconds late, so it has itself woken a little before, and watches the clock from then on.
 * That takes the processor from those whose packets these are, so it is done for a part of the time
 * only: when packets are due so often that this is used up, it sleeps until they are due.
 *
 * <p>For one thread.
 */
final class HybridSleep {
  /** The clock is watched so long before a packet is due. */
  static final long LENGTH_NANOS = 80_000;

  /** One part of so many of the time goes into watching, at most. */
  static final int PART = 10;

  /** More is not saved up in a quiet time. */
  private static final long MOST_SAVED_NANOS = 10 * LENGTH_NANOS;

  private long savedNanos = MOST_SAVED_NANOS;
  private long lastNanos;
  private boolean watching;

  /**
   * @param nowNanos a moment before the first call of {@link #sleepNanos}
   */
  HybridSleep(long nowNanos) {
    lastNanos = nowNanos;
  }

  /**
   * How long to sleep now.
   *
   * @param nowNanos what the clock shows, not less than before
   * @param untilDueNanos how long it is until the packet is due, above 0
   * @return nanoseconds; 0 to look at the clock again at once
   */
  long sleepNanos(long nowNanos, long untilDueNanos) {
    account(nowNanos);
    long asleep = untilDueNanos - LENGTH_NANOS;
    watching = asleep <= 0 && savedNanos >= untilDueNanos;
    if (watching) {
      return 0;
    }
    boolean canAfford = asleep > 0 && savedNanos + asleep / PART >= LENGTH_NANOS;
    return canAfford ? asleep : untilDueNanos;
  }

  private void account(long nowNanos) {
    long passed = nowNanos - lastNanos;
    lastNanos = nowNanos;
    savedNanos = Math.min(savedNanos + passed / PART, MOST_SAVED_NANOS);
    if (watching) {
      savedNanos -= passed;
      watching = false;
    }
  }
}
