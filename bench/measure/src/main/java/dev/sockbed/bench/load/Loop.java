package dev.sockbed.bench.load;

/** What one thread of a run does in each phase. */
interface Loop {
  /** Makes ready for a phase, while no thread of the run is at work. */
  default void begin() {}

  /** Runs until the phase is over and its replies are in, or waiting for them is over too. */
  void run(Phase phase) throws InterruptedException;
}
