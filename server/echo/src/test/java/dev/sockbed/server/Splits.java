package dev.sockbed.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ways to cut a message into the pieces that are written one after the other. */
final class Splits {
  /** So that a failure happens again. */
  private static final long SEED = 862;

  private Splits() {}

  /** Splits of a length that matter to a receive limit of 128, and two at random. */
  static List<int[]> of(int length) {
    List<int[]> splits = new ArrayList<>();
    splits.add(new int[] {length});
    splits.add(equal(length, Math.max(length / 2, 1)));
    for (int piece = 127; piece <= 129 && piece < length; piece++) {
      splits.add(equal(length, piece));
    }
    if (length <= 32 || length % 128 == 0) {
      splits.add(equal(length, 1));
    }
    Random random = new Random(SEED + length);
    splits.add(random(length, random));
    splits.add(random(length, random));
    return splits;
  }

  private static int[] equal(int length, int piece) {
    return IntStream.iterate(length, left -> left > 0, left -> left - piece)
        .map(left -> Math.min(left, piece))
        .toArray();
  }

  private static int[] random(int length, Random random) {
    IntStream.Builder pieces = IntStream.builder();
    for (int left = length; left > 0; ) {
      int piece = 1 + random.nextInt(left);
      pieces.add(piece);
      left -= piece;
    }
    return pieces.build().toArray();
  }
}
