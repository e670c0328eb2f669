package dev.sockbed.bench.conformance;

/** A case can't be decided: it was not run, or what was seen has several explanations. */
public final class Undecided extends Exception {
  private static final long serialVersionUID = 1;

  private final CaseVerdict verdict;

  private Undecided(CaseVerdict verdict, String why) {
    super(why);
    this.verdict = verdict;
  }

  /** What was seen has several explanations, such as loss. */
  public static Undecided inconclusive(String why) {
    return new Undecided(CaseVerdict.INCONCLUSIVE, why);
  }

  /** The case can't be run here. */
  public static Undecided skipped(String why) {
    return new Undecided(CaseVerdict.SKIPPED, why);
  }

  /** {@link CaseVerdict#INCONCLUSIVE} or {@link CaseVerdict#SKIPPED}. */
  public CaseVerdict verdict() {
    return verdict;
  }
}
