package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.peers.Datagram;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time in which datagrams are received. What came in it is looked at even if that is later, but
 * not without end, as a server may send.
 */
final class ReceiveWindow {
  /** As many as may have come before their time was over, and not been looked at. */
  static final int MOST_OVERDUE = 1_000;

  private final long deadlineNanos;
  private final Source source;
  private int overdue;

  /** Where datagrams come from. */
  @FunctionalInterface
  interface Source {
    /**
     * Waits for a datagram.
     *
     * @param within how long; if that is negative, only what is there already is given
     * @return null if none came in that time
     */
    @Nullable Datagram receive(Duration within) throws InterruptedException;
  }

  /** A time that begins now. */
  ReceiveWindow(Duration length, Source source) {
    this.deadlineNanos = System.nanoTime() + length.toNanos();
    this.source = source;
  }

  /** The next datagram, or null if there is none in this time. */
  @Nullable Datagram next() throws InterruptedException {
    long left = deadlineNanos - System.nanoTime();
    if (left <= 0 && overdue++ >= MOST_OVERDUE) {
      return null;
    }
    return source.receive(Duration.ofNanos(left));
  }
}
