package dev.sockbed.server.assistant;

/**
 * How many automatic replies may still be sent this second: a bucket that fills steadily. Used by
 * one thread.
 */
final class ReplyAllowance {
  /** To one UDP peer. */
  static final int A_SECOND_EACH = 200;

  /** To all UDP peers together. */
  static final int A_SECOND_TOGETHER = 2000;

  private final int aSecond;
  private double left;
  private long lastNanos = System.nanoTime();

  ReplyAllowance(int aSecond) {
    this.aSecond = aSecond;
    this.left = aSecond;
  }

  /** Takes one, if there is one. */
  boolean take() {
    long now = System.nanoTime();
    left = Math.min(aSecond, left + (now - lastNanos) * 1e-9 * aSecond);
    lastNanos = now;
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
