package dev.sockbed.bench.load;

/** Who wants to know how far a run is. Called by the thread that runs it, some times a second. */
@FunctionalInterface
public interface Progress {
  /** Nobody. */
  Progress NONE = (elapsedNanos, totalNanos, sent) -> {};

  /**
   * Tells how far it is. Times are plain numbers, so that a run makes no object to tell them.
   *
   * @param elapsedNanos since the first message, the warm-up included
   * @param totalNanos how long it will take, warm-up included, or zero if that is not known
   * @param sent messages sent so far, those of the warm-up included
   */
  void at(long elapsedNanos, long totalNanos, long sent);
}
