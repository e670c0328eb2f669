package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.ReceiveLimitDetail;
import dev.sockbed.bench.stats.Missing;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a receive limit did to messages of one size over one transport.
 *
 * @param transport {@code tcp} or {@code udp}
 * @param sent messages of all trials
 * @param silent what must be known of trials without a reply, in phrases
 * @param missing messages of all trials that did not come back at all
 * @param detail counts of all trials, and the receives of the first in which something came
 */
record ReceiveLimitRow(
    String transport, long sent, List<String> silent, long missing, ReceiveLimitDetail detail) {
  /** One row a point; points without the detail are left out. */
  static List<ReceiveLimitRow> of(Scenario scenario) {
    return scenario.points().stream().map(ReceiveLimitRow::of).filter(Objects::nonNull).toList();
  }

  private static @Nullable ReceiveLimitRow of(Trials trials) {
    ReceiveLimitDetail sum = null;
    for (Cell cell : trials.cells()) {
      if (cell.detail() instanceof ReceiveLimitDetail one) {
        sum = sum == null ? one : plus(sum, one);
      }
    }
    Outcomes outcomes = trials.outcomes();
    return sum == null
        ? null
        : new ReceiveLimitRow(
            trials.point().variant(),
            trials.sent(),
            Missing.silent(trials.cells()),
            outcomes.lost() + outcomes.refused() + outcomes.failed(),
            sum);
  }

  private static ReceiveLimitDetail plus(ReceiveLimitDetail sum, ReceiveLimitDetail one) {
    return new ReceiveLimitDetail(
        sum.limitBytes(),
        sum.messageBytes(),
        sum.receives().isEmpty() ? one.receives() : sum.receives(),
        sum.splits() + one.splits(),
        sum.merges() + one.merges(),
        sum.truncations() + one.truncations());
  }

  /** The lengths of the receives, as in {@code 128 + 128}. */
  String receives() {
    return detail.receives().isEmpty()
        ? "nothing"
        : detail.receives().stream().map(String::valueOf).collect(Collectors.joining(" + "));
  }

  /** What became of the messages, in words. */
  String fate() {
    List<String> parts = new ArrayList<>();
    if (detail.splits() > 0) {
      parts.add(Numbers.count(detail.splits()) + " split");
    }
    if (detail.merges() > 0) {
      parts.add(Numbers.count(detail.merges()) + " merged");
    }
    if (detail.truncations() > 0) {
      parts.add(Numbers.count(detail.truncations()) + " cut");
    }
    if (missing > 0) {
      parts.add(Numbers.count(missing) + " not back");
    }
    parts.addAll(silent);
    return parts.isEmpty() ? "whole" : String.join(", ", parts);
  }
}
