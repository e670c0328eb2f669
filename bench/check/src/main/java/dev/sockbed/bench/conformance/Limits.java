package dev.sockbed.bench.conformance;

import java.time.Duration;

/**
 * How long a case waits.
 *
 * @param deadline how long nothing may happen in a case before it is broken off, and fails
 * @param patience for what must come "in time", counted from the byte before
 * @param quiet how long nothing may come before that counts as nothing
 * @param receiveLimit the receive limit that the judged program has, in bytes
 * @param lossless whether no datagram is lost on the way to it, as on loopback
 */
public record Limits(
    Duration deadline, Duration patience, Duration quiet, int receiveLimit, boolean lossless) {

  /** What "in time" means in the protocol. */
  public static final Duration IN_TIME = Duration.ofSeconds(2);

  private static final int OFTEN = 2;
  private static final Duration LITTLE_TIME = Duration.ofSeconds(1);
  private static final int MOSTLY = 4;
  private static final int LATE_CLIENT = 3;
  private static final Duration LEAST_TIME = Duration.ofMillis(300);

  /** With a longer deadline than this, somebody starts the judged program by hand. */
  private static final Duration BY_HAND = Duration.ofMinutes(1);

  /** What is taken when nothing is said. */
  public static final Limits DEFAULT = of(Duration.ofSeconds(20), 128);

  /**
   * Limits that suit a deadline: three tenths of it for what must come in time, which leaves room
   * for a machine that is busy; half of it where a person has to do something first. Datagrams may
   * be lost.
   */
  public static Limits of(Duration deadline, int receiveLimit) {
    Duration patience =
        deadline.compareTo(BY_HAND) > 0
            ? deadline.dividedBy(2)
            : deadline.multipliedBy(3).dividedBy(10);
    return new Limits(deadline, patience, Duration.ofMillis(60), receiveLimit, false);
  }

  /** The same where no datagram is lost on the way. */
  public Limits withoutLoss() {
    return new Limits(deadline, patience, quiet, receiveLimit, true);
  }

  /**
   * The same for a program that has been too late before: only what the protocol grants, after two
   * times half of that, and after four times little. It is not right in any case.
   *
   * @param times how often it was too late
   */
  public Limits afterLateness(int times) {
    if (times == 0) {
      return this;
    }
    Duration shorter = times < OFTEN ? IN_TIME : times < MOSTLY ? LITTLE_TIME : LEAST_TIME;
    Duration least = patience.compareTo(shorter) < 0 ? patience : shorter;
    return new Limits(deadline, least, quiet, receiveLimit, lossless);
  }

  /**
   * The same for a client that is started anew for each case: that takes longer than an answer, so
   * it has what the protocol grants when it has been too late three times, and never less.
   *
   * @param times how often it was too late
   */
  public Limits afterLatenessOfClient(int times) {
    return afterLateness(times < LATE_CLIENT ? 0 : 1);
  }

  /**
   * For a single datagram that can be sent again: a board over Wi-Fi needs a part of the deadline.
   * What a late answer may take is left for two of them; for four of them, where less is left than
   * would be in time.
   */
  public Duration once() {
    Duration part = deadline.dividedBy(20);
    Duration some = patience.dividedBy(patience.compareTo(IN_TIME) > 0 ? 2 : 4);
    return some.compareTo(part) < 0 ? some : part;
  }
}
