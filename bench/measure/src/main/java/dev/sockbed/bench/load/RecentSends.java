package dev.sockbed.bench.load;

import java.util.Arrays;

/**
 * When the messages that were settled last were sent, so that a reply that comes once more can be
 * told from one whose sequence number was changed.
 */
final class RecentSends {
  /** How much may be behind at most: more than a network holds back. */
  private static final int MOST = 1_024;

  private final int mask;
  private final long[] sequences;
  private final long[] sentNanos;

  /**
   * Knows of no message.
   *
   * @param messages whose fate may be open at once; a connection that has few in flight needs to
   *     know few of those before
   */
  RecentSends(int messages) {
    int places = Integer.highestOneBit(Math.clamp(messages, 1, MOST));
    mask = places - 1;
    sequences = new long[places];
    sentNanos = new long[places];
    clear();
  }

  void clear() {
    Arrays.fill(sequences, -1);
  }

  void add(long sequence, long sent) {
    int place = (int) sequence & mask;
    sequences[place] = sequence;
    sentNanos[place] = sent;
  }

  boolean knows(long sequence) {
    return sequences[(int) sequence & mask] == sequence;
  }

  /** When a message that is known was sent. */
  long sentNanos(long sequence) {
    return sentNanos[(int) sequence & mask];
  }
}
