package dev.sockbed.server.assistant;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asked to be sent to any peer and is neither sent nor given up yet, and the first of
 * it that was not sent. What rules and repetitions send does not count: of that there may be more
 * without end. Used by any thread.
 */
final class Deliveries {
  // Guarded by this.
  private int unfinished;
  private long unfinishedBytes;
  private @Nullable String failure;

  synchronized void queued(Outgoing outgoing) {
    if (outgoing.isAsked()) {
      unfinished++;
      unfinishedBytes += outgoing.waitingBytes();
    }
  }

  /** It was sent, or given up; then {@link #failed} was told before. */
  synchronized void finished(Outgoing outgoing) {
    if (outgoing.isAsked()) {
      unfinished--;
      unfinishedBytes -= outgoing.waitingBytes();
      notifyAll();
    }
  }

  /** Notes that something was not sent, unless a rule or a repetition had asked for it. */
  synchronized void failed(Outgoing outgoing, String what) {
    if (outgoing.isAsked() && failure == null) {
      failure = what;
    }
  }

  /** What was not sent first since this was last asked; null if all was. */
  synchronized @Nullable String takeFailure() {
    String taken = failure;
    failure = null;
    return taken;
  }

  /**
   * Waits until no more than that is unfinished. That has a bound, because a peer that does not
   * read is given up.
   */
  synchronized void await(int mostParcels, long mostBytes) throws InterruptedException {
    while (unfinished > mostParcels || unfinishedBytes > mostBytes) {
      wait();
    }
  }
}
