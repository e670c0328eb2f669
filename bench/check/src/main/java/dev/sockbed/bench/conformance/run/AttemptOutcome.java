package dev.sockbed.bench.conformance.run;

import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.WireEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run came to.
 *
 * @param missed in which time something should have come, if that is what was wrong
 */
record AttemptOutcome(
    CaseVerdict verdict,
    @Nullable String why,
    @Nullable String expected,
    @Nullable String received,
    @Nullable Closing closing,
    @Nullable Duration missed,
    long durationNs,
    List<WireEvent> log) {

  /** That it was not run, and why. */
  static AttemptOutcome skipped(String why) {
    return new AttemptOutcome(CaseVerdict.SKIPPED, why, null, null, null, null, 0, List.of());
  }

  /** Whether this process was held up for so long that it may have missed what came in time. */
  boolean mayBeOurs(Duration heldUp) {
    return missed != null && heldUp.compareTo(missed.dividedBy(2)) >= 0;
  }

  /** Whether it was too late, with its end at least, and nobody else is to blame for that. */
  boolean isLate() {
    return missed != null
        && (verdict == CaseVerdict.FAIL
            || verdict == CaseVerdict.NON_STRICT
            || (closing != null && closing.verdict() == CaseVerdict.FAIL));
  }

  /** What it comes to when it was like that in each of so many attempts. */
  AttemptOutcome undecided(Duration heldUp, int attempts) {
    if (verdict == CaseVerdict.PASS) {
      return this;
    }
    String whose =
        "the checker itself was held up for %,d ms (tried %d times), which may be why: %s"
            .formatted(heldUp.toMillis(), attempts, why);
    return new AttemptOutcome(
        CaseVerdict.INCONCLUSIVE, whose, expected, received, closing, missed, durationNs, log);
  }
}
