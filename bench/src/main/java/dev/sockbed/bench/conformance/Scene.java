package dev.sockbed.bench.conformance;

import org.jspecify.annotations.Nullable;

/** What one run of a case has in its hands: its sockets and its log. */
public interface Scene extends AutoCloseable {

  /** What happened on the wire. */
  WireLog log();

  /**
   * Ends what the steps left open, in good order, and says how the other side ended.
   *
   * @return null if there is nothing to say
   */
  @Nullable Closing end() throws InterruptedException;

  /** Closes all sockets, also while a step waits in one. May be called from any thread. */
  @Override
  void close();
}
