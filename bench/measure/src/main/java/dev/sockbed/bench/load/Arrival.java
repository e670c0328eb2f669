package dev.sockbed.bench.load;

import java.util.Locale;

/** How the messages of an open loop are spread over time. */
public enum Arrival {
  /** One every so many nanoseconds, like a clock's ticks. */
  CONSTANT,
  /**
   * With gaps drawn from an exponential distribution, as independent users come: sometimes several
   * at once, sometimes none for a while.
   */
  POISSON;

  /** The name in flags and files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
