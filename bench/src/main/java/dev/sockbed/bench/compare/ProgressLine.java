package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.report.StatusLine;
import java.time.Duration;

/** How far the comparison is, in the words of a status line. */
final class ProgressLine implements ComparisonRun.Listener {
  /** Connecting, waiting for the last replies: what a step takes beside its own duration. */
  private static final double OVERHEAD = 1.15;

  private final StatusLine status;

  ProgressLine(StatusLine status) {
    this.status = status;
  }

  @Override
  public void warmingUp(Duration about) {
    status.show("warming up, " + about.toSeconds() + " s");
  }

  @Override
  public void overLink(LinkPlan plan) {
    status.show("over " + plan.spec() + ", " + plan.duration().toSeconds() + " s");
  }

  @Override
  public void begins(Schedule.Step step, Duration remaining) {
    PlannedPoint point = step.point();
    String what =
        switch (point.scenario()) {
          case SETUP -> "connection set-up";
          case FLOOR -> "bare sockets";
          case RTT -> "round trip, " + point.sizeBytes() + " bytes";
          case THROUGHPUT -> "throughput, window " + point.window();
          case OFFERED_LOAD -> "offered load, " + point.ratePerSecond() + "/s";
          case RECEIVE_LIMIT -> "receive limit, " + point.sizeBytes() + " bytes";
          case CONNECTIONS -> point.connections() + " connections";
          case LINK -> "a bad network";
        };
    long seconds = Math.round(remaining.toMillis() * OVERHEAD / 1_000);
    status.show(
        "%d s left: trial %d of %d, %s over %s"
            .formatted(seconds, step.trial(), point.trials(), what, step.transport().scheme()));
  }
}
