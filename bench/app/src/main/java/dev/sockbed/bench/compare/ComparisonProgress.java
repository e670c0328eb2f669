package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.transfer.TransferPlan;
import dev.sockbed.bench.output.StatusLine;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Tells on a status line what the comparison does now, and how long all of it will still take. What
 * is expected of the schedule is corrected by how long its first part took: a busy machine takes
 * longer to open a thousand connections.
 */
final class ComparisonProgress implements ComparisonRun.Listener {
  /** The correction has half its weight after so much of the schedule. */
  private static final Duration HALF_TRUSTED = Duration.ofSeconds(5);

  private final StatusLine status;
  private final LongSupplier nanoTime;
  private Duration links;
  private Duration schedule = Duration.ZERO;
  private long beginNanos;

  /**
   * Tells on that line.
   *
   * @param links what is measured after the schedule
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  ComparisonProgress(StatusLine status, List<LinkPlan> links, LongSupplier nanoTime) {
    this.status = status;
    this.nanoTime = nanoTime;
    this.links = links.stream().map(LinkPlan::duration).reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void warmingUp(Duration warmUp, Duration remaining) {
    status.showLeft(warmUp.plus(remaining).plus(links), "warming up");
  }

  @Override
  public void overLink(LinkPlan plan) {
    status.showLeft(links, "over " + plan.spec());
    links = links.minus(plan.duration());
  }

  @Override
  public void transfers(TransferPlan plan, int first) {
    int last = Math.min(plan.trials(), first + plan.together() - 1);
    status.show(
        "files %d to %d of %d, each over %d variants, over %s"
            .formatted(first, last, plan.trials(), plan.variants().size(), plan.spec()));
  }

  @Override
  public void begins(TrialOrder.Step step, Duration remaining) {
    if (schedule.isZero()) {
      schedule = remaining;
      beginNanos = nanoTime.getAsLong();
    }
    PlannedPoint point = step.point();
    String what =
        switch (point.scenario()) {
          case SETUP -> "connection set-up";
          case FLOOR -> "bare sockets";
          case RTT -> "round trip, " + point.sizeBytes() + " bytes";
          case THROUGHPUT -> "throughput, window " + point.window();
          case OFFERED_LOAD -> "offered load, %.0f/s".formatted(point.ratePerSecond());
          case RECEIVE_LIMIT -> "receive limit, " + point.sizeBytes() + " bytes";
          case CONNECTIONS -> point.connections() + " connections";
          case LINK -> "a bad network";
        };
    status.showLeft(
        corrected(remaining).plus(links),
        "trial %d of %d, %s over %s"
            .formatted(step.trial(), point.trials(), what, step.transport().scheme()));
  }

  private Duration corrected(Duration remaining) {
    double expected = schedule.minus(remaining).toNanos();
    double taken = nanoTime.getAsLong() - beginNanos;
    double prior = HALF_TRUSTED.toNanos();
    return Duration.ofNanos(Math.round(remaining.toNanos() * (taken + prior) / (expected + prior)));
  }
}
