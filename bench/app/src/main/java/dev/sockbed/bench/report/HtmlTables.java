package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.stats.Trials;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables of the page. They are complete without any script. */
final class HtmlTables {
  private static final int FEW_ROWS = 8;

  private HtmlTables() {}

  /** The numbers of a scenario, beneath its plot. */
  static String scenario(Scenario scenario) {
    List<Axis> axes = scenario.axes();
    StringBuilder table = new StringBuilder(open(scenario.points().size()));
    table.append("<thead><tr>");
    axes.forEach(axis -> table.append(head(axis.label())));
    table.append("<th class=\"name\"></th>");
    Stream.of("p50", "p90", "p99", "p99.9", "max", "messages/s")
        .forEach(label -> table.append(head(label)));
    boolean marred = scenario.points().stream().anyMatch(at -> !OutcomeWords.notOk(at).isEmpty());
    table.append(marred ? "<th class=\"name\">what did not go well</th>" : "");
    table.append("</tr></thead>\n<tbody>\n");
    Point before = null;
    for (Trials trials : scenario.points()) {
      Point place = trials.point().withVariant("");
      boolean first = !place.equals(before);
      before = place;
      table.append(first ? "<tr class=\"first\">" : "<tr>");
      axes.forEach(axis -> table.append(cell(first ? axis.of(trials.point()) : "")));
      table.append(transport(trials.point().variant()));
      TimesNs times = trials.times();
      Stream.of(
              Numbers.time(times.p50()),
              Numbers.time(times.p90()),
              Numbers.time(times.p99()),
              Numbers.time(times.p999()),
              Numbers.time(times.max()),
              Numbers.rate(trials.messagesPerSecond()))
          .forEach(value -> table.append(cell(value)));
      String wrong = Html.escape(OutcomeWords.notOk(trials));
      table.append(marred ? "<td class=\"wrap bad\">" + wrong + "</td>" : "").append("</tr>\n");
    }
    return table.append(close()).toString();
  }

  /** The numbers behind the picture of the receive limit. */
  static String receiveLimit(List<ReceiveLimitRow> rows) {
    StringBuilder table = new StringBuilder(open(rows.size()));
    table.append("<thead><tr>").append(head("bytes")).append("<th class=\"name\"></th>");
    table.append("<th class=\"name\">two messages are received as</th>");
    Stream.of("messages", "split", "merged", "cut", "not back")
        .forEach(label -> table.append(head(label)));
    table.append("</tr></thead>\n<tbody>\n");
    int before = -1;
    for (ReceiveLimitRow row : rows) {
      boolean first = row.detail().messageBytes() != before;
      before = row.detail().messageBytes();
      table
          .append(first ? "<tr class=\"first\">" : "<tr>")
          .append(cell(first ? Numbers.count((long) row.detail().messageBytes()) : ""))
          .append(transport(row.transport()))
          .append("<td class=\"name\">")
          .append(Html.escape(row.receives()))
          .append("</td>")
          .append(cell(Numbers.count(row.sent())))
          .append(cell(Numbers.count(row.detail().splits())))
          .append(cell(Numbers.count(row.detail().merges())))
          .append(cell(Numbers.count(row.detail().truncations())))
          .append(cell(Numbers.count(row.missing())))
          .append("</tr>\n");
    }
    return table.append(close()).toString();
  }

  /** How many messages came in time over an emulated link, and what it took. */
  static String link(List<LinkRow> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
    table.append("<th class=\"name\"></th>");
    rows.getFirst().deadlines().forEach(label -> table.append(head("in " + label)));
    table.append("</tr></thead>\n<tbody>\n");
    for (LinkRow row : rows) {
      table.append("<tr>").append(transport(row.manner()));
      row.shares().forEach(share -> table.append(cell(share)));
      table.append("</tr>\n");
    }
    table.append("</tbody></table></div>\n<ul>\n");
    for (LinkRow row : rows) {
      row.sentences()
          .forEach(
              sentence -> table.append("<li>").append(Html.escape(sentence)).append("</li>\n"));
    }
    table.append("</ul>\n");
    String caveat = rows.getFirst().caveat();
    return caveat.isEmpty()
        ? table.toString()
        : table
            .append("<p class=\"note\">")
            .append(Html.escape(caveat))
            .append("</p>\n")
            .toString();
  }

  /** A tree of names and values, each value with its whole name. */
  static String tree(ObjectNode tree) {
    if (tree.isEmpty()) {
      return "<p class=\"note\">Nothing was recorded.</p>";
    }
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><tbody>\n");
    branch("", tree, table);
    return table.append("</tbody></table></div>\n").toString();
  }

  private static void branch(String name, JsonNode node, StringBuilder into) {
    if (node.isObject() && !node.isEmpty()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        branch(
            name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue(), into);
      }
      return;
    }
    String value = node.isNull() ? "-" : node.isString() ? node.stringValue() : node.toString();
    into.append("<tr><td class=\"name\">")
        .append(Html.escape(name))
        .append("</td><td class=\"wrap\">")
        .append(Html.escape(value))
        .append("</td></tr>\n");
  }

  /** A short table is there to be seen; a long one is folded away by the script that plots it. */
  private static String open(int rows) {
    return (rows <= FEW_ROWS ? "<details open>" : "<details class=\"long\" open>")
        + "<summary>Numbers</summary><div class=\"scroll\"><table>\n";
  }

  private static String close() {
    return "</tbody></table></div></details>\n";
  }

  private static String head(String label) {
    return "<th>" + Html.escape(label) + "</th>";
  }

  private static String cell(String value) {
    return "<td>" + Html.escape(value) + "</td>";
  }

  private static String transport(String name) {
    String kind = name.equals("tcp") || name.equals("udp") ? name : "";
    return "<td class=\"name "
        + kind
        + "\">"
        + Html.escape(name.toUpperCase(Locale.ROOT))
        + "</td>";
  }
}
