package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.common.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the messages: a bar for each scenario and transport, as long as the whole, with
 * what did not go well at its end.
 */
final class OutcomeBars {
  private static final double WIDTH = 480;
  private static final double BAR = 14;

  /** What happened at all can be seen. */
  private static final double THINNEST = 2;

  private OutcomeBars() {}

  /** The section of the page; empty if nothing was measured. */
  static String section(List<Scenario> scenarios) {
    List<Sum> sums = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (String transport : List.of("tcp", "udp")) {
        Sum sum = Sum.of(scenario, transport);
        if (sum.due > 0) {
          sums.add(sum);
        }
      }
    }
    List<Sum> marred = sums.stream().filter(sum -> sum.outcomes.ok() < sum.due).toList();
    if (sums.isEmpty()) {
      return "";
    }
    String head = "<section>\n<h2>What became of the messages</h2>\n";
    if (marred.isEmpty()) {
      return head + "<p>Every message came back whole and in time.</p>\n</section>";
    }
    String rest =
        marred.size() == sums.size()
            ? ""
            : "<p>Where no bar is shown, every message came back whole and in time.</p>\n";
    StringBuilder bars = new StringBuilder("<ul class=\"rows\">\n");
    for (Sum sum : marred) {
      bars.append("<li><p>")
          .append(Html.escape(sum.title + " over " + sum.transport))
          .append(" <span class=\"note\">")
          .append(Html.escape(sum.words()))
          .append("</span></p>")
          .append(bar(sum))
          .append("</li>\n");
    }
    return head + rest + bars + "</ul>\n</section>";
  }

  private static String bar(Sum sum) {
    Svg svg = new Svg(sum.title + " over " + sum.transport + ": " + sum.words(), WIDTH);
    double bad = Math.max(THINNEST, WIDTH * (sum.due - sum.outcomes.ok()) / sum.due);
    svg.rectangle(0, 0, WIDTH - bad, BAR, "fill-ok");
    svg.rectangle(WIDTH - bad, 0, bad, BAR, "fill-bad");
    return svg.toString();
  }

  /** The fates of a scenario's messages over one transport. */
  private record Sum(String title, String transport, long sent, long due, Outcomes outcomes) {
    static Sum of(Scenario scenario, String transport) {
      List<Trials> points =
          scenario.points().stream()
              .filter(trials -> trials.point().variant().equals(transport))
              .toList();
      return new Sum(
          scenario.title(),
          transport.toUpperCase(Locale.ROOT),
          points.stream().mapToLong(Trials::sent).sum(),
          points.stream().mapToLong(Trials::expected).sum(),
          points.stream().map(Trials::outcomes).reduce(Outcomes.NONE, Outcomes::plus));
    }

    String words() {
      List<String> words = new ArrayList<>();
      for (Outcome outcome : Outcome.values()) {
        long count = OutcomeWords.count(outcomes, outcome);
        if (count > 0) {
          words.add(Numbers.percent(count, due) + " " + outcome.label());
        }
      }
      if (sent < due) {
        words.add(Numbers.percent(due - sent, due) + " " + OutcomeWords.NOT_SENT);
      }
      return String.join(", ", words);
    }
  }
}
