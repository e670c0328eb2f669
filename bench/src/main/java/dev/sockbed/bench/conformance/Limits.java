package dev.sockbed.bench.conformance;

import java.time.Duration;

/**
 * How long a case waits.
 *
 * @param deadline for a whole case; one that is not done by then is broken off, and fails
 * @param patience for what must come "in time"
 * @param quiet how long nothing may come before that counts as nothing
 * @param receiveLimit the receive limit that the judged program has, in bytes
 */
public record Limits(Duration deadline, Duration patience, Duration quiet, int receiveLimit) {

  /** What is taken when nothing is said. */
  public static final Limits DEFAULT = of(Duration.ofSeconds(20), 128);

  /**
   * Limits that suit a deadline: half of it for what must come in time, which leaves room for a
   * machine that is busy.
   */
  public static Limits of(Duration deadline, int receiveLimit) {
    return new Limits(deadline, deadline.dividedBy(2), Duration.ofMillis(60), receiveLimit);
  }
}
