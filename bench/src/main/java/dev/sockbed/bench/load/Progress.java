package dev.sockbed.bench.load;

import java.time.Duration;

/** Who wants to know how far a run is. Called by the thread that runs it, some times a second. */
@FunctionalInterface
public interface Progress {
  /** Nobody. */
  Progress NONE = (elapsed, total, sent) -> {};

  /**
   * Tells how far it is.
   *
   * @param elapsed since the first message, the warm-up included
   * @param total how long it will take, warm-up included, or zero if that is not known
   * @param sent messages sent so far, those of the warm-up included
   */
  void at(Duration elapsed, Duration total, long sent);
}
