package dev.sockbed.bench.load;

import dev.sockbed.common.Outcome;

/**
 * Damaged replies of which it is not known to which messages they belong. Each is put down to a
 * message that does not come back otherwise.
 */
final class UnnamedReplies {
  private int truncated;
  private int corrupt;

  void clear() {
    truncated = 0;
    corrupt = 0;
  }

  /** Another one, which is cut or corrupt. */
  void add(Outcome outcome) {
    if (outcome == Outcome.TRUNCATED) {
      truncated++;
    } else {
      corrupt++;
    }
  }

  int count() {
    return truncated + corrupt;
  }

  /**
   * The fate of a message that does not come back.
   *
   * @return that of one of these replies, which is used up; or the other if there is none
   */
  Outcome fateOr(Outcome otherwise) {
    if (truncated > 0) {
      truncated--;
      return Outcome.TRUNCATED;
    }
    if (corrupt > 0) {
      corrupt--;
      return Outcome.CORRUPT;
    }
    return otherwise;
  }
}
