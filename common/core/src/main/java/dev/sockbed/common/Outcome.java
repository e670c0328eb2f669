package dev.sockbed.common;

import java.util.Locale;

/** The one fate of a message that was sent. Over any run the outcomes sum to the messages sent. */
public enum Outcome {
  /** It came back whole, in time. */
  OK,
  /** It never came back. */
  LOST,
  /** It came back after its deadline. */
  LATE,
  /** It came back cut. */
  TRUNCATED,
  /** It came back with other bytes. */
  CORRUPT,
  /** The other end said no: an ICMP port unreachable, or a TCP RST. */
  REFUSED,
  /** It could not even be sent. */
  FAILED;

  /** The name in tables and files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
