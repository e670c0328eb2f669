package dev.sockbed.bench.link.transfer;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * What a file is made of: bytes that repeat with a prime period, so that a piece in the wrong place
 * shows. May be used by several threads.
 */
final class FileBytes {
  /** The most bytes of a piece. */
  static final int LONGEST_PIECE = 64 << 10;

  private static final int PERIOD = 65_521;
  private static final ByteBuffer PATTERN = pattern();

  private FileBytes() {}

  private static ByteBuffer pattern() {
    byte[] once = new byte[PERIOD];
    new Random(1).nextBytes(once);
    ByteBuffer pattern = ByteBuffer.allocateDirect(PERIOD + LONGEST_PIECE);
    while (pattern.hasRemaining()) {
      pattern.put(once, 0, Math.min(PERIOD, pattern.remaining()));
    }
    return pattern.flip().asReadOnlyBuffer();
  }

  /**
   * The bytes that belong somewhere in a file.
   *
   * @param length at most {@link #LONGEST_PIECE}
   */
  static ByteBuffer piece(long offset, int length) {
    return PATTERN.slice((int) (offset % PERIOD), length);
  }

  /** Whether the remaining bytes of a buffer are those that belong there. */
  static boolean areThere(long offset, ByteBuffer came) {
    return piece(offset, came.remaining()).mismatch(came) < 0;
  }
}
