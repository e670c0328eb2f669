package dev.sockbed.bench.result;

/**
 * How many messages met which fate; see {@link dev.sockbed.common.Outcome}. The sum is the number
 * of messages sent.
 */
public record Outcomes(
    long ok, long lost, long late, long truncated, long corrupt, long refused, long failed) {

  /**
   * @throws IllegalArgumentException if a count is negative
   */
  public Outcomes {
    if (ok < 0
        || lost < 0
        || late < 0
        || truncated < 0
        || corrupt < 0
        || refused < 0
        || failed < 0) {
      throw new IllegalArgumentException("a count of outcomes is negative");
    }
  }

  /** No message at all. */
  public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0);

  /** All messages, whatever their fate. */
  public long total() {
    return ok + lost + late + truncated + corrupt + refused + failed;
  }

  /** The two added up. */
  public Outcomes plus(Outcomes other) {
    return new Outcomes(
        ok + other.ok,
        lost + other.lost,
        late + other.late,
        truncated + other.truncated,
        corrupt + other.corrupt,
        refused + other.refused,
        failed + other.failed);
  }
}
