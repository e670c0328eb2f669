package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.common.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Fates of messages in words. */
final class OutcomeWords {
  private OutcomeWords() {}

  /** How many messages met this fate. */
  static long count(Outcomes outcomes, Outcome outcome) {
    return switch (outcome) {
      case OK -> outcomes.ok();
      case LOST -> outcomes.lost();
      case LATE -> outcomes.late();
      case TRUNCATED -> outcomes.truncated();
      case CORRUPT -> outcomes.corrupt();
      case REFUSED -> outcomes.refused();
      case FAILED -> outcomes.failed();
    };
  }

  /**
   * What did not go well, as in {@code 2 lost of 100,000 (<0.01 %), 1 duplicate}; empty if all did.
   */
  static String notOk(Trials trials) {
    List<String> parts = new ArrayList<>();
    Outcomes outcomes = trials.outcomes();
    for (Outcome outcome : Outcome.values()) {
      long count = count(outcomes, outcome);
      if (outcome != Outcome.OK && count > 0) {
        parts.add(
            Numbers.count(count)
                + " "
                + outcome.label()
                + " ("
                + Numbers.percent(count, trials.sent())
                + ")");
      }
    }
    Events events = trials.events();
    if (events.duplicate() > 0) {
      parts.add(Numbers.count(events.duplicate()) + " duplicate");
    }
    if (events.reordered() > 0) {
      parts.add(Numbers.count(events.reordered()) + " reordered");
    }
    return parts.isEmpty()
        ? ""
        : "of " + Numbers.count(trials.sent()) + " sent: " + String.join(", ", parts);
  }
}
