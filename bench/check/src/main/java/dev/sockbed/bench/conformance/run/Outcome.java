package dev.sockbed.bench.conformance.run;

import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.bench.conformance.WireEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run came to.
 *
 * @param missed in which time something should have come, if that is what was wrong
 */
record Outcome(
    Verdict verdict,
    @Nullable String why,
    @Nullable String expected,
    @Nullable String received,
    @Nullable Closing closing,
    @Nullable Duration missed,
    long durationNs,
    List<WireEvent> log) {

  /** That it was not run, and why. */
  static Outcome skipped(String why) {
    return new Outcome(Verdict.SKIPPED, why, null, null, null, null, 0, List.of());
  }

  /** Whether this process was held up for so long that it may have missed what came in time. */
  boolean mayBeOurs(Duration heldUp) {
    return missed != null && heldUp.compareTo(missed.dividedBy(2)) >= 0;
  }

  /** Whether it was too late, with its end at least, and nobody else is to blame for that. */
  boolean isLate() {
    return missed != null
        && (verdict == Verdict.FAIL
            || verdict == Verdict.NON_STRICT
            || (closing != null && closing.verdict() == Verdict.FAIL));
  }

  /** What it comes to when it was like that in each of so many attempts. */
  Outcome undecided(Duration heldUp, int attempts) {
    if (verdict == Verdict.PASS) {
      return this;
    }
    String whose =
        "the checker itself was held up for %,d ms (tried %d times), which may be why: %s"
            .formatted(heldUp.toMillis(), attempts, why);
    return new Outcome(
        Verdict.INCONCLUSIVE, whose, expected, received, closing, missed, durationNs, log);
  }
}
