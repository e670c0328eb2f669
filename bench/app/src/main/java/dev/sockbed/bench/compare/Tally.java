package dev.sockbed.bench.compare;

import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Outcome;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What one measurement counted: each message's outcome, and the time of those that were served. */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Histogram serviceNanos = new Histogram(SIGNIFICANT_DIGITS);
  private long elapsedNanos;

  /** Counts one message; its time is kept if it is {@link Outcome#OK} or was only cut. */
  void count(Outcome outcome, long nanos) {
    outcomes.merge(outcome, 1L, Long::sum);
    if (outcome == Outcome.OK || outcome == Outcome.TRUNCATED) {
      serviceNanos.recordValue(Math.max(1, nanos));
    }
  }

  /** Tells how long the measurement lasted. */
  void elapsed(long nanos) {
    elapsedNanos = nanos;
  }

  /** The outcomes counted. */
  Outcomes outcomes() {
    return new Outcomes(
        of(Outcome.OK),
        of(Outcome.LOST),
        of(Outcome.LATE),
        of(Outcome.TRUNCATED),
        of(Outcome.CORRUPT),
        of(Outcome.REFUSED),
        of(Outcome.FAILED));
  }

  /** The times kept. */
  Histogram serviceNanos() {
    return serviceNanos;
  }

  /** Messages that came back whole, a second. */
  double messagesPerSecond() {
    return elapsedNanos == 0 ? 0 : of(Outcome.OK) * 1e9 / elapsedNanos;
  }

  private long of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
