package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.result.WorkloadFinding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody needs and what meets it, at the top of a page. */
final class NeedHtml {
  private NeedHtml() {}

  /** The answer, then each way of sending with its costs, then what was asked and how surely. */
  static String answer(WorkloadFinding need) {
    String ways =
        need.variants().stream()
            .flatMap(variant -> Stream.of(variant.text(), NeedText.costs(need, variant)))
            .filter(text -> !text.isEmpty())
            .map(text -> "<li>" + Html.escape(text) + "</li>")
            .collect(Collectors.joining("\n"));
    String conditions =
        Stream.of(NeedText.asked(need), NeedText.surely(need))
            .map(text -> "<p class=\"conditions\">" + Html.escape(text) + ".</p>")
            .collect(Collectors.joining("\n"));
    return String.join(
        "\n",
        List.of(
            "<ul class=\"answer\"><li>" + Html.escape(need.text()) + "</li></ul>",
            "<h2>" + Html.escape(NeedText.title(need)) + "</h2>",
            "<ul>\n" + ways + "\n</ul>",
            conditions,
            ""));
  }
}
