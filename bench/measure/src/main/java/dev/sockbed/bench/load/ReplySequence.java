package dev.sockbed.bench.load;

/** What can be told from the order in which one connection's messages were answered. */
final class ReplySequence {
  /** Of no message, and the neighbour of none. */
  private static final long NONE = -2;

  static final long UNKNOWN = -1;

  /** The newest message that was answered. */
  private long newest;

  private long reordered;
  private long previous;
  private long previousService;

  /** Starts anew; the first message will have that sequence number. */
  void begin(long sequence) {
    newest = sequence - 1;
    reordered = 0;
    previous = NONE;
  }

  /** A message was answered, whole or not. */
  void answered(long sequence) {
    if (sequence < newest) {
      reordered++;
    } else {
      newest = sequence;
    }
  }

  /**
   * A message came back whole.
   *
   * @return by how much its service time differs from that of the message before it, in
   *     nanoseconds; {@link #UNKNOWN} if that one was not the last to come back whole
   */
  long variation(long sequence, long serviceNanos) {
    long variation = previous == sequence - 1 ? Math.abs(serviceNanos - previousService) : UNKNOWN;
    previous = sequence;
    previousService = serviceNanos;
    return variation;
  }

  /** The newest message that was answered, or the one before the first. */
  long newest() {
    return newest;
  }

  /** How many were answered after a later one was. */
  long reordered() {
    return reordered;
  }
}
