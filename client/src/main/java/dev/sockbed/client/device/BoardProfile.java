package dev.sockbed.client.device;

import dev.sockbed.common.SocketConfig;
import java.time.Duration;
import java.util.Locale;

/**
 * Whose habits the program has: so that whoever writes the PC's side meets a board's before there
 * is a board. {@code docs/device.md} says, point by point, what of it is faithful.
 */
public enum BoardProfile {
  /** Ours: notices a close, and ends. */
  SOCKBED(Duration.ofMillis(300), Duration.ZERO),
  /**
   * The lesson's first program: a receive waits; a close is taken for a receive of no bytes, and
   * answered, until a send fails.
   */
  LESSON(Duration.ofMillis(300), Duration.ZERO),
  /** The lesson's later program: looks every 50 ms whether something has come; notices a close. */
  LESSON_2(Duration.ofMillis(50), Duration.ofMillis(1)),
  /**
   * The later program on the K230's firmware: a receive collects bytes, and datagrams, until it has
   * as many as it asked for or its time is over; no bytes may mean nothing, a close or an error, so
   * none of these is noticed.
   */
  K230(Duration.ofMillis(50), Duration.ofMillis(1));

  private final Duration pause;
  private final Duration receiveTimeout;

  BoardProfile(Duration pause, Duration receiveTimeout) {
    this.pause = pause;
    this.receiveTimeout = receiveTimeout;
  }

  /** The name in flags: {@code lesson-2}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The profile of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BoardProfile of(String label) {
    for (BoardProfile profile : values()) {
      if (profile.label().equals(label)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "not a profile: '" + label + "' (sockbed, lesson, lesson-2 or k230)");
  }

  /** How long it does nothing after each turn. */
  public Duration pause() {
    return pause;
  }

  /** Whether it looks again and again for what has come, instead of waiting in a receive. */
  public boolean polls() {
    return receiveTimeout.isPositive();
  }

  /** A socket's configuration with this profile's receive timeout, if it has one. */
  SocketConfig adapted(SocketConfig config) {
    return polls() ? config.withReceiveTimeout(receiveTimeout) : config;
  }
}
