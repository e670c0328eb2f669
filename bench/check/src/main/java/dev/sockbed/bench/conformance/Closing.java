package dev.sockbed.bench.conformance;

import java.time.Duration;

/**
 * How the judged program ended its connection after a case, which is judged apart from what it
 * sent.
 *
 * @param verdict {@link CaseVerdict#PASS} for an orderly end, else {@link CaseVerdict#FAIL} or
 *     {@link CaseVerdict#NON_STRICT}
 * @param how as in {@code FIN}
 */
public record Closing(CaseVerdict verdict, String how) {

  /** How long an end may take after a case that is about something else. */
  public static final Duration IN_TIME = Duration.ofSeconds(2);
}
