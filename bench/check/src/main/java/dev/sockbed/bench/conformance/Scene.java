package dev.sockbed.bench.conformance;

import org.jspecify.annotations.Nullable;

/** What one run of a case has in its hands: its sockets and its log. */
public interface Scene extends AutoCloseable {

  /** What happened on the wire. */
  WireLog log();

  /**
   * Why it may not be the judged program's fault if the case takes too long.
   *
   * @return null if nothing was seen that speaks for it
   */
  default @Nullable String excuse() {
    return null;
  }

  /**
   * Whether a case may take longer than its deadline as long as something happens on the wire: a
   * slow program is not wrong. Not where datagrams are sent again and again since some are lost.
   */
  default boolean goesOnWhileItMoves() {
    return true;
  }

  /**
   * Whether a case that is right so far, and still goes on when all its time is over, tells nothing
   * of the program but that it is slow.
   */
  default boolean mayBeSlow() {
    return false;
  }

  /** How many callers the server was seen to serve at the same time. */
  default int servedAtOnce() {
    return 1;
  }

  /**
   * Whether a single caller was asked on purpose how late its answers are, and none was in time.
   */
  default boolean answersLate() {
    return false;
  }

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
