package dev.sockbed.bench.load;

import java.util.Arrays;

/**
 * The messages of one connection whose fate is open, by sequence number, with their times. A table
 * with open addressing, made once; since sequence numbers follow each other it fills like a ring,
 * and a message that stays away for long does not hold up those behind it.
 */
final class Outstanding {
  private static final long EMPTY = -1;

  private final int most;
  private final int mask;
  private final long[] sequences;
  private final long[] intendedNanos;
  private final long[] sentNanos;
  private int count;

  /** How many messages are not where their number says, since another one was there. */
  private int displaced;

  /**
   * An empty table.
   *
   * @param most the most messages that it will hold
   */
  Outstanding(int most) {
    this.most = most;
    // Half empty, so that a place is found in a step or two.
    int places = Integer.highestOneBit(Math.max(2, most) - 1) << 2;
    mask = places - 1;
    sequences = new long[places];
    intendedNanos = new long[places];
    sentNanos = new long[places];
    clear();
  }

  void clear() {
    Arrays.fill(sequences, EMPTY);
    count = 0;
    displaced = 0;
  }

  int count() {
    return count;
  }

  /** The most messages that it holds. */
  int most() {
    return most;
  }

  boolean isFull() {
    return count == most;
  }

  /** The message after so many has the same place as this one, and is the slower to find for it. */
  int places() {
    return mask + 1;
  }

  /** Adds a message that is not there; to be called only if the table is not full. */
  void add(long sequence, long intended, long sent) {
    int home = home(sequence);
    int place = home;
    while (sequences[place] != EMPTY) {
      place = (place + 1) & mask;
    }
    if (place != home) {
      displaced++;
    }
    sequences[place] = sequence;
    intendedNanos[place] = intended;
    sentNanos[place] = sent;
    count++;
  }

  /** Where that message is, or -1 if it is not there. */
  int find(long sequence) {
    int place = home(sequence);
    while (sequences[place] != EMPTY) {
      if (sequences[place] == sequence) {
        return place;
      }
      place = (place + 1) & mask;
    }
    return -1;
  }

  long sequence(int place) {
    return sequences[place];
  }

  long intendedNanos(int place) {
    return intendedNanos[place];
  }

  long sentNanos(int place) {
    return sentNanos[place];
  }

  /** Removes the message at that place; those that stood behind it for want of room move up. */
  void remove(int place) {
    count--;
    if (place != home(sequences[place])) {
      displaced--;
    }
    if (displaced > 0) {
      moveUpInto(place);
    } else {
      sequences[place] = EMPTY;
    }
  }

  private void moveUpInto(int place) {
    int hole = place;
    int next = place;
    while (true) {
      next = (next + 1) & mask;
      if (sequences[next] == EMPTY) {
        sequences[hole] = EMPTY;
        return;
      }
      int home = home(sequences[next]);
      boolean mayMove = ((next - home) & mask) >= ((next - hole) & mask);
      if (mayMove) {
        sequences[hole] = sequences[next];
        intendedNanos[hole] = intendedNanos[next];
        sentNanos[hole] = sentNanos[next];
        if (hole == home) {
          displaced--;
        }
        hole = next;
      }
    }
  }

  private int home(long sequence) {
    return (int) sequence & mask;
  }
}
