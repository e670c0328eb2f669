package dev.sockbed.bench.conformance;

import java.util.Locale;

/** Which end of the wire is judged. */
public enum Role {
  /** It waits to be spoken to; the checker is its client. */
  SERVER,
  /** It speaks first; the checker is its server. */
  CLIENT;

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
