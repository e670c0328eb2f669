package dev.sockbed.bench.link.model;

import java.util.Locale;

/** Why a packet does not arrive. */
public enum Drop {
  /** The link lost it. */
  LOSS,
  /** The queue before the link's rate was full. */
  QUEUE,
  /** The link was cut. */
  OUTAGE,
  /** The emulator had no memory left for it: the emulator's fault, not the link's. */
  OVERFLOW;

  /** The name in files and tables: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
