package dev.sockbed.bench.report;

import static java.util.stream.Collectors.joining;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Missing;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.common.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Fates of messages in words. */
final class OutcomeWords {
  /** What was due and what the sender did not get to. */
  static final String NOT_SENT = "not sent";

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
   * What did not go well, as in {@code of 100,000 sent: 2 lost (<0.01 %), 1 duplicate}, and whether
   * segments were dropped; empty if all went well.
   */
  static String notOk(Trials trials) {
    Outcomes outcomes = trials.outcomes();
    List<String> parts = new ArrayList<>(fates(outcomes, trials.sent(), trials.expected()));
    if (outcomes.ok() > 0) {
      parts.removeFirst();
    }
    Events events = trials.events();
    if (events.duplicate() > 0) {
      parts.add(Numbers.count(events.duplicate()) + " duplicate");
    }
    if (events.reordered() > 0) {
      parts.add(Numbers.count(events.reordered()) + " reordered");
    }
    parts.addAll(Missing.told(trials.cells(), Measure.MESSAGES_PER_SECOND, ""));
    String fates =
        parts.isEmpty()
            ? ""
            : "of " + whole(trials.sent(), trials.expected()) + ": " + String.join(", ", parts);
    return Stream.of(fates, SegmentDrops.told(trials.cells()))
        .filter(words -> !words.isEmpty())
        .collect(joining("; "));
  }

  /**
   * Each fate that some messages met, {@code ok} first, as in {@code 998 ok (99.8 %)}; and how many
   * were due and never sent.
   *
   * @param due messages of which the shares are told
   */
  static List<String> fates(Outcomes outcomes, long sent, long due) {
    List<String> fates = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long count = count(outcomes, outcome);
      if (count > 0) {
        fates.add(fate(count, outcome.label(), due));
      }
    }
    if (sent < due) {
      fates.add(fate(due - sent, NOT_SENT, due));
    }
    return fates;
  }

  /** The messages of which shares are told, as in {@code 1,000 sent} or {@code 1,000 due}. */
  static String whole(long sent, long due) {
    return sent < due ? Numbers.count(due) + " due" : Numbers.count(sent) + " sent";
  }

  private static String fate(long count, String label, long whole) {
    return Numbers.count(count) + " " + label + " (" + Numbers.percent(count, whole) + ")";
  }
}
