package dev.sockbed.server.assistant;

import java.time.Duration;
import java.util.Collection;

/** Waiting for TCP peers that are saying goodbye. */
final class Goodbyes {
  private Goodbyes() {}

  /** Waits until their threads and others have ended, a little longer than a goodbye may take. */
  static void await(Collection<TcpPeer> leaving, Collection<Thread> others) {
    long deadline = System.nanoTime() + TcpPeer.GOODBYE.toNanos() + 1_000_000_000;
    try {
      for (TcpPeer peer : leaving) {
        peer.ended(Duration.ofNanos(deadline - System.nanoTime()));
      }
      for (Thread other : others) {
        other.join(Duration.ofNanos(deadline - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
