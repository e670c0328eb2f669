package dev.sockbed.common.socket;

import java.time.Duration;

/** The JDK's timeouts count whole milliseconds, and take 0 for "for ever". */
final class Millis {
  private Millis() {}

  /** Never shorter than {@code duration}, and 0 only for zero. */
  static int roundedUp(Duration duration) {
    long millis = duration.plusNanos(999_999).toMillis();
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }
}
