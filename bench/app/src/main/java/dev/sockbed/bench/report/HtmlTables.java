package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.output.TableHtml;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables of the page. They are complete without any script. */
final class HtmlTables {
  private static final int FEW_ROWS = 8;

  private HtmlTables() {}

  /**
   * The numbers beneath a picture: a short table is there to be seen, a script folds a long one.
   */
  static String numbers(Table table) {
    return (table.rows().size() <= FEW_ROWS ? "<details open>" : "<details class=\"long\" open>")
        + "<summary>Numbers</summary>"
        + TableHtml.render(table)
        + "</details>\n";
  }

  /** How many messages came in time over an emulated link, and what it took. */
  static String link(List<LinkRow> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder table = new StringBuilder(TableHtml.render(Tables.link(rows))).append("<ul>\n");
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
}
