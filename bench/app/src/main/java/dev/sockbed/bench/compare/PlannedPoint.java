package dev.sockbed.bench.compare;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is measured over both transports, again in every trial.
 *
 * @param scenario which question it belongs to
 * @param placement on which processors the ends run
 * @param sizeBytes bytes a message
 * @param connections sockets of the client
 * @param window messages under way at once, or null where a rate sets the pace
 * @param ratePerSecond messages a second, or null where the window sets the pace
 * @param duration how long one trial lasts
 * @param trials in how many trials it is measured
 */
record PlannedPoint(
    ComparisonScenario scenario,
    CpuPlacement placement,
    int sizeBytes,
    int connections,
    @Nullable Integer window,
    @Nullable Double ratePerSecond,
    Duration duration,
    int trials) {

  /** Starting and ending a run, and its own short warm-up. */
  private static final Duration RUN = Duration.ofMillis(40);

  /** Opening a connection, starting its threads at both ends, and closing it. */
  private static final Duration CONNECTION = Duration.ofMillis(3);

  /** About how long one trial takes with all that belongs to it. */
  Duration expected() {
    return switch (scenario) {
      case SETUP, FLOOR, RECEIVE_LIMIT, LINK -> duration;
      case RTT, THROUGHPUT, OFFERED_LOAD, CONNECTIONS ->
          duration.plus(RUN).plus(CONNECTION.multipliedBy(connections));
    };
  }

  /** The same over no more connections than that, where their number is what varies. */
  PlannedPoint withAtMost(int most) {
    return scenario != ComparisonScenario.CONNECTIONS || connections <= most
        ? this
        : new PlannedPoint(
            scenario, placement, sizeBytes, most, window, ratePerSecond, duration, trials);
  }
}
