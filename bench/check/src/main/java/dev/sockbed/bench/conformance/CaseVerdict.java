package dev.sockbed.bench.conformance;

import com.fasterxml.jackson.annotation.JsonValue;

/** What came of a case, the better before the worse. */
public enum CaseVerdict {
  /** It does what the sentence says. */
  PASS("PASS"),
  /** The case was not run, and says why. */
  SKIPPED("SKIPPED"),
  /** It can't be told whether the sentence is kept. */
  INCONCLUSIVE("INCONCLUSIVE"),
  /** A SHOULD is not kept. */
  NON_STRICT("NON-STRICT"),
  /** A MUST is not kept. */
  FAIL("FAIL");

  private final String label;

  CaseVerdict(String label) {
    this.label = label;
  }

  /** The name in files and tables. */
  @JsonValue
  public String label() {
    return label;
  }

  /** What a broken sentence of that level comes to. */
  public static CaseVerdict broken(Level level) {
    return level == Level.MUST ? FAIL : NON_STRICT;
  }
}
