package dev.sockbed.bench.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one case: that of its worst run.
 *
 * @param id the case's
 * @param rule the sentence's ID
 * @param level the sentence's level
 * @param sentence the sentence
 * @param role which end was judged
 * @param transport {@code tcp} or {@code udp}
 * @param title what was done
 * @param verdict what came of it
 * @param why what was seen, unless it passed
 * @param expected hexadecimal of the bytes that should have come, if that is what was wrong
 * @param received hexadecimal of the bytes that came instead
 * @param closing how the connection ended, if the case had one that it looked at
 * @param runs how often it was run
 * @param passed how many of these passed
 * @param durationNs how long the worst run took
 * @param steps what it does, in words
 * @param log what happened on the wire; empty for a run that passed, unless it was asked for
 */
public record CaseResult(
    String id,
    String rule,
    Level level,
    String sentence,
    String role,
    String transport,
    String title,
    CaseVerdict verdict,
    @Nullable String why,
    @Nullable String expected,
    @Nullable String received,
    @Nullable Closing closing,
    int runs,
    int passed,
    long durationNs,
    List<String> steps,
    List<WireEvent> log) {

  /** What is told of a case after which there was no server any more. */
  public static final String SERVER_DIED =
      "after this case nothing listens any more: the server has died";

  /** The same, failed for that reason. */
  public CaseResult failed(String reason) {
    return new CaseResult(
        id,
        rule,
        level,
        sentence,
        role,
        transport,
        title,
        CaseVerdict.FAIL,
        reason,
        expected,
        received,
        closing,
        runs,
        0,
        durationNs,
        steps,
        log);
  }

  /** The same, but its connection ended like that. */
  public CaseResult closed(Closing how) {
    return new CaseResult(
        id,
        rule,
        level,
        sentence,
        role,
        transport,
        title,
        verdict,
        why,
        expected,
        received,
        how,
        runs,
        passed,
        durationNs,
        steps,
        log);
  }

  /** Keeps copies of the lists. */
  public CaseResult {
    steps = List.copyOf(steps);
    log = List.copyOf(log);
  }
}
