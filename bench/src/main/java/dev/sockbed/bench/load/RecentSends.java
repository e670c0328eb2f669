package dev.sockbed.bench.load;

import java.util.Arrays;

/**
 * When the messages that were settled last were sent, so that a reply that comes once more can be
 * told from one whose sequence number was changed.
 */
final class RecentSends {
  /** How much may be behind: more than a network holds back, and little to keep. */
  private static final int PLACES = 1_024;

  private final long[] sequences = new long[PLACES];
  private final long[] sentNanos = new long[PLACES];

  RecentSends() {
    clear();
  }

  void clear() {
    Arrays.fill(sequences, -1);
  }

  void add(long sequence, long sent) {
    int place = (int) sequence & (PLACES - 1);
    sequences[place] = sequence;
    sentNanos[place] = sent;
  }

  boolean knows(long sequence) {
    return sequences[(int) sequence & (PLACES - 1)] == sequence;
  }

  /** When a message that is known was sent. */
  long sentNanos(long sequence) {
    return sentNanos[(int) sequence & (PLACES - 1)];
  }
}
