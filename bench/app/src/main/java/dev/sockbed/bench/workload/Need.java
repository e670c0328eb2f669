package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.model.LinkSpec;
import java.time.Duration;

/** What somebody needs of a network, and the link in between. */
public sealed interface Need permits Workload, FileNeed {
  /** The use's name, as in {@code sensor}, or {@code own} of numbers alone. */
  String name();

  /** Bytes of a message, or of a file. */
  int sizeBytes();

  /** In time is what is there by then. */
  Duration deadline();

  /** The part of the messages or files that has to be in time, above 0 and below 1. */
  double mustArrive();

  /** Between the client and the server. */
  LinkSpec link();

  /**
   * Refuses parts of which nothing can be shown.
   *
   * @throws IllegalArgumentException in a sentence
   */
  static void checkMustArrive(double mustArrive) {
    if (mustArrive == 1) {
      throw new IllegalArgumentException(
          "no number of messages shows that all arrive: ask for less than --must-arrive 100%, such"
              + " as 99.9%");
    }
    if (!(mustArrive > 0) || mustArrive > 1) {
      throw new IllegalArgumentException("--must-arrive must be above 0% and below 100%");
    }
  }
}
