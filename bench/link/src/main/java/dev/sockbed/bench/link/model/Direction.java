package dev.sockbed.bench.link.model;

import java.util.Locale;

/** Which way a packet goes. */
public enum Direction {
  /** From the client to the server. */
  UP,
  /** From the server to the client. */
  DOWN;

  /** The name in flags and files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
