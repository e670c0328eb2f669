package dev.sockbed.bench.conformance;

import dev.sockbed.bench.result.Results;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check found: the JSON file, key for key.
 *
 * @param schema {@link #SCHEMA}
 * @param tool the build that checked
 * @param startedAt when it began
 * @param subject what was judged
 * @param config how
 * @param summary how many cases came to what
 * @param explanation one line on what the judged program seems to be, if it is something else, or
 *     on how many cases were judged, if that was interrupted; null else
 * @param cases each case's result, in the protocol's order
 */
public record CheckReport(
    String schema,
    Results.Tool tool,
    Instant startedAt,
    Subject subject,
    Config config,
    Map<String, Integer> summary,
    @Nullable String explanation,
    List<CaseResult> cases) {

  /** The form that this build writes and reads. */
  public static final String SCHEMA = "sockbed/check/1";

  /** Keeps copies. */
  public CheckReport {
    summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
    cases = List.copyOf(cases);
  }

  /**
   * What was judged.
   *
   * @param name a name for a person
   * @param role {@code server} or {@code client}
   * @param address where it listens, or where the checker listened
   * @param command what started it, if the checker did
   */
  public record Subject(String name, String role, String address, @Nullable String command) {}

  /**
   * How it was judged.
   *
   * @param only which cases, as a pattern; null for all
   * @param profile which profile; null for all that suit
   * @param timeoutNs each case's deadline
   * @param repeat how often each case was run
   * @param receiveLimit the judged program's receive limit, in bytes
   */
  public record Config(
      @Nullable String only,
      @Nullable String profile,
      long timeoutNs,
      int repeat,
      int receiveLimit) {}

  /** How many cases came to what; every verdict is named. */
  public static Map<String, Integer> summary(List<CaseResult> cases) {
    Map<String, Integer> summary = new LinkedHashMap<>();
    for (CaseVerdict verdict : CaseVerdict.values()) {
      summary.put(verdict.label(), 0);
    }
    cases.forEach(result -> summary.merge(result.verdict().label(), 1, Integer::sum));
    return summary;
  }

  /** How many connections the judged program did not end as it must. */
  public int badClosings() {
    return (int) cases.stream().filter(CheckReport::hasBadClosing).count();
  }

  private static boolean hasBadClosing(CaseResult result) {
    Closing closing = result.closing();
    return closing != null && closing.verdict() == CaseVerdict.FAIL;
  }

  /** Whether a MUST is not kept: by what was sent, or by how a connection ended. */
  public boolean isBad() {
    return count(CaseVerdict.FAIL) > 0 || badClosings() > 0;
  }

  /** How many cases came to that. */
  public int count(CaseVerdict verdict) {
    return (int) cases.stream().filter(result -> result.verdict() == verdict).count();
  }
}
