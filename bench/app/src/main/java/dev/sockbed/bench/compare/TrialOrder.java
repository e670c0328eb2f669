package dev.sockbed.bench.compare;

import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is measured when. In every trial each point is measured once over each transport, one right
 * after the other, so that the two see the machine in the same mood; which goes first, and the
 * order of the points, is drawn anew for each trial.
 *
 * @param steps in the order in which they are run
 */
record TrialOrder(List<Step> steps) {

  /**
   * One measurement.
   *
   * @param trial from 1
   */
  record Step(PlannedPoint point, Transport transport, int trial) {}

  /** Draws a schedule; the same seed draws the same. */
  static TrialOrder draw(List<PlannedPoint> points, List<Transport> transports, long seed) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    int trials = points.stream().mapToInt(PlannedPoint::trials).max().orElse(0);
    for (int trial = 1; trial <= trials; trial++) {
      for (PlannedPoint point : shuffled(points, random)) {
        if (trial <= point.trials()) {
          for (Transport transport : shuffled(transports, random)) {
            steps.add(new Step(point, transport, trial));
          }
        }
      }
    }
    return new TrialOrder(List.copyOf(steps));
  }

  /** About how long all of it takes. */
  Duration expected() {
    return steps.stream()
        .map(step -> step.point().expected())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static <T> List<T> shuffled(List<T> items, Random random) {
    List<T> copy = new ArrayList<>(items);
    Collections.shuffle(copy, random);
    return copy;
  }
}
