package dev.sockbed.bench.stats;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Outcomes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a trial has no number that could be divided. Such a trial is a trial: it is told beside what
 * is said of the others.
 */
public enum Missing {
  /** No message was sent. */
  NOTHING_SENT("sent nothing"),
  /** No message came back at all. */
  NO_REPLY("had no reply"),
  /** Some came back, but none of them whole and in time. */
  NONE_IN_TIME("had no whole reply in time"),
  /** Replies could be to any of several messages with the same bytes, so that no time is known. */
  AMBIGUOUS("had no times since replies belong to one of several messages with the same bytes"),
  /** A percentile needs at least ten messages beyond it. */
  TOO_FEW("had too few replies for this percentile");

  private final String words;

  Missing(String words) {
    this.words = words;
  }

  /** Why this cell has no such number, or null if it has one. */
  public static @Nullable Missing of(Cell cell, Measure measure) {
    Outcomes outcomes = cell.outcomes();
    if (outcomes.ok() == 0) {
      long came = outcomes.late() + outcomes.truncated() + outcomes.corrupt();
      return cell.sent() == 0 ? NOTHING_SENT : came == 0 ? NO_REPLY : NONE_IN_TIME;
    }
    Double value = measure.of(cell);
    if (value != null && value > 0) {
      return null;
    }
    return isAmbiguous(cell) ? AMBIGUOUS : TOO_FEW;
  }

  private static boolean isAmbiguous(Cell cell) {
    return cell.detail() instanceof LoadDetail load
        && load.ambiguous() != null
        && load.ambiguous() > 0;
  }

  /** How many of these trials had no reply at all, in phrases; none if all had one. */
  public static List<String> silent(List<Cell> cells) {
    return told(cells, Measure.MESSAGES_PER_SECOND, "", EnumSet.of(NOTHING_SENT, NO_REPLY));
  }

  /**
   * How many of these trials have no such number and why, as in {@code 4 of 10 trials had no reply
   * over UDP}.
   *
   * @param where which trials they are, as in {@code over UDP}; may be empty
   * @return a phrase for each reason; none if all have one
   */
  public static List<String> told(List<Cell> cells, Measure measure, String where) {
    return told(cells, measure, where, EnumSet.allOf(Missing.class));
  }

  private static List<String> told(
      List<Cell> cells, Measure measure, String where, Set<Missing> reasons) {
    Map<Missing, Integer> counts = new EnumMap<>(Missing.class);
    for (Cell cell : cells) {
      Missing missing = of(cell, measure);
      if (missing != null && reasons.contains(missing)) {
        counts.merge(missing, 1, Integer::sum);
      }
    }
    List<String> phrases = new ArrayList<>();
    counts.forEach((missing, count) -> {
      String trials = cells.size() == 1 ? "trial" : "trials";
      String phrase =
          "%s of %s %s %s %s".formatted(count, cells.size(), trials, missing.words, where);
      phrases.add(phrase.strip());
    });
    return phrases;
  }
}
