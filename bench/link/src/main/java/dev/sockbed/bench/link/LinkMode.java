package dev.sockbed.bench.link;

import java.util.Locale;

/** How a link is made. */
public enum LinkMode {
  /** With the system's own TCP and UDP between two networks inside this process. */
  TUN,
  /** With sockets between the two: works everywhere, and can't lose a TCP segment. */
  RELAY,
  /** The first where it is needed and the system lets us, else the second. */
  AUTO;

  /** The name in flags and files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
