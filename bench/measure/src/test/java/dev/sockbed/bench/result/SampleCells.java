package dev.sockbed.bench.result;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Draws cells without a socket: times from skewed distributions with the noise of a shared machine,
 * the same for the same seed.
 */
final class SampleCells {
  /** By how much trials of one run differ, as a part of the value (standard deviation). */
  private static final double TRIAL_NOISE = 0.015;

  /** By how much whole runs differ beyond that: placement and compilation happen once a run. */
  private static final double RUN_NOISE = 0.007;

  /** One trial in so many is disturbed by a neighbour. */
  private static final int DISTURBED = 25;

  private final Random random;
  private final int samples;
  private final double slowDown;
  private final Map<Point, Double> runLuck = new HashMap<>();

  /**
   * Draws cells of one run.
   *
   * @param samples messages a cell
   * @param slowDown factor of all times
   */
  SampleCells(long seed, int samples, double slowDown) {
    this.random = new Random(seed);
    this.samples = samples;
    this.slowDown = slowDown;
  }

  /** Draws one cell; {@code lostShare} of its messages do not come back. */
  Draft cell(Point point, int trial, double medianNanos, double spread, double lostShare) {
    double luck =
        runLuck.computeIfAbsent(point, _ -> random.nextGaussian() * RUN_NOISE)
            + random.nextGaussian() * TRIAL_NOISE
            + (random.nextInt(DISTURBED) == 0 ? random.nextDouble(0.25) : 0);
    double middle = medianNanos * slowDown * Math.exp(luck);
    long lost = Math.round(samples * lostShare);
    int underWay = point.window() == null ? 1 : point.window() * point.connections();
    return new Draft(
        point,
        trial,
        samples,
        lost,
        times(middle, spread, samples - lost),
        1e9 / middle * underWay);
  }

  /** A cell that is still to say what became of its messages. */
  record Draft(
      Point point, int trial, long sent, long lost, Histogram times, double messagesPerSecond) {
    Cell done() {
      return cell(new Outcomes(sent - lost, lost, 0, 0, 0, 0, 0), messagesPerSecond, null, null);
    }

    Cell onSchedule(double reached) {
      Outcomes outcomes = new Outcomes(sent - lost, lost, 0, 0, 0, 0, 0);
      return cell(outcomes, reached * outcomes.ok() / sent, times, null);
    }

    Cell with(ReceiveLimitDetail detail) {
      long cut = detail.truncations();
      return cell(new Outcomes(sent - cut, 0, 0, cut, 0, 0, 0), messagesPerSecond, null, detail);
    }

    private Cell cell(
        Outcomes outcomes,
        double perSecond,
        @Nullable Histogram response,
        Cell.@Nullable Detail detail) {
      return new Cell(
          point.variant(),
          point.scenario(),
          point.io(),
          point.waiting(),
          point.threads(),
          point.placement(),
          point.sizeBytes(),
          point.connections(),
          point.window(),
          point.ratePerSecond(),
          trial,
          sent,
          outcomes,
          Events.NONE,
          TimesNs.of(times),
          response == null ? null : TimesNs.of(response),
          perSecond,
          Histograms.encode(times),
          response == null ? null : Histograms.encode(response),
          detail);
    }
  }

  private Histogram times(double middle, double spread, long count) {
    Histogram histogram = Histograms.empty();
    for (long i = 0; i < count; i++) {
      double stalled = random.nextDouble() < 0.004 ? 4 + random.nextDouble() * 30 : 1;
      double factor = Math.exp(Math.abs(random.nextGaussian()) * spread - spread * 0.67);
      histogram.recordValue(Math.round(middle * factor * stalled));
    }
    return histogram;
  }
}
