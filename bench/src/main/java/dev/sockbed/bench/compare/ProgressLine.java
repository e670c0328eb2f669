package dev.sockbed.bench.compare;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * How far the comparison is, in one line of a terminal that is written over and wiped at the end.
 */
final class ProgressLine implements ComparisonRun.Listener {
  /** Connecting, waiting for the last replies: what a step takes beside its own duration. */
  private static final double OVERHEAD = 1.15;

  private static final String WIPE = "\r\u001b[K";

  private final PrintWriter terminal;

  ProgressLine(PrintWriter terminal) {
    this.terminal = terminal;
  }

  @Override
  public void warmingUp(Duration about) {
    show("warming up, " + about.toSeconds() + " s");
  }

  @Override
  public void begins(Schedule.Step step, Duration remaining) {
    PlannedPoint point = step.point();
    String what =
        switch (point.scenario()) {
          case SETUP -> "connection set-up";
          case RTT -> "round trip, " + point.sizeBytes() + " bytes";
          case THROUGHPUT -> "throughput, window " + point.window();
          case OFFERED_LOAD -> "offered load, " + point.ratePerSecond() + "/s";
          case RECEIVE_LIMIT -> "receive limit, " + point.sizeBytes() + " bytes";
          case CONNECTIONS -> point.connections() + " connections";
        };
    long seconds = Math.round(remaining.toMillis() * OVERHEAD / 1_000);
    show(
        "%d s left: trial %d of %d, %s over %s"
            .formatted(seconds, step.trial(), point.trials(), what, step.transport().scheme()));
  }

  /** Wipes the line. */
  void done() {
    terminal.print(WIPE);
    terminal.flush();
  }

  private void show(String text) {
    terminal.print(WIPE + text);
    terminal.flush();
  }
}
