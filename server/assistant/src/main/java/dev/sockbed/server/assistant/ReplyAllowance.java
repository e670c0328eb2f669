package dev.sockbed.server.assistant;

/**
 * How many automatic replies may still be sent this second, or steps be taken in search of them: a
 * bucket that fills steadily. Used by one thread.
 */
final class ReplyAllowance {
  /** To one UDP peer. */
  static final int A_SECOND_EACH = 200;

  /** To all UDP peers together. */
  static final int A_SECOND_TOGETHER = 2000;

  /** Steps of regular expressions over what one UDP peer sends. */
  static final int STEPS_A_SECOND_EACH = 4 << 20;

  private final int aSecond;
  private double left;
  private long lastNanos = System.nanoTime();

  ReplyAllowance(int aSecond) {
    this.aSecond = aSecond;
    this.left = aSecond;
  }

  /** Takes one, if there is one. */
  boolean take() {
    refill();
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }

  /** Takes so many if any are left; what was taken too much is missing later. */
  boolean takeOnCredit(long amount) {
    refill();
    if (left <= 0) {
      return false;
    }
    left -= amount;
    return true;
  }

  private void refill() {
    long now = System.nanoTime();
    left = Math.min(aSecond, left + (now - lastNanos) * 1e-9 * aSecond);
    lastNanos = now;
  }
}
