package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** A {@link LinkGrid} as a section of the page. */
final class LinkGridHtml {
  private static final List<String> KINDS = List.of("tcp", "udp", "");

  private LinkGridHtml() {}

  /**
   * The section.
   *
   * @param links the links that are shown only in this table, folded away below it
   */
  static String section(LinkGrid grid, List<Scenario> links) {
    return "<section>\n<h2>"
        + Html.escape(LinkGrid.TITLE)
        + "</h2>\n<ul class=\"said\">\n"
        + grid.sentences().stream()
            .map(sentence -> "<li>" + Findings.emphasised(sentence) + "</li>\n")
            .collect(Collectors.joining())
        + "</ul>\n"
        + paragraph("", LinkGrid.IN_TIME)
        + table(grid, true, LinkGridHtml::share)
        + paragraph("", LinkGrid.WITHIN)
        + table(grid, false, (place, manner) -> "<td>" + place.times().get(manner) + "</td>")
        + (grid.caveat().isEmpty() ? "" : paragraph(" class=\"note\"", grid.caveat()))
        + folded(links)
        + "</section>";
  }

  private static String paragraph(String kind, String words) {
    return "<p" + kind + ">" + Html.escape(words) + "</p>\n";
  }

  private static String share(LinkGrid.Place place, int manner) {
    String kind = place.marks(manner) ? " class=\"ahead " + KINDS.get(manner) + "\"" : "";
    return "<td" + kind + ">" + place.shares().get(manner) + "</td>";
  }

  private static String table(
      LinkGrid grid, boolean deadlines, BiFunction<LinkGrid.Place, Integer, String> cell) {
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table class=\"grid\">\n");
    table.append("<thead><tr><th class=\"name\" rowspan=\"2\">loss</th>");
    StringBuilder heads = new StringBuilder("<tr>");
    for (LinkGrid.Column column : grid.columns()) {
      table
          .append("<th class=\"group\" colspan=\"3\">")
          .append(Html.escape(column.delay() + (deadlines ? ", " + column.deadline() : "")))
          .append("</th>");
      for (int manner = 0; manner < KINDS.size(); manner++) {
        heads.append("<th class=\"").append(KINDS.get(manner)).append("\">");
        heads.append(LinkGrid.HEADS.get(manner)).append("</th>");
      }
    }
    table.append("</tr>\n").append(heads).append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < grid.losses().size(); row++) {
      table.append("<tr><td class=\"name\">").append(grid.losses().get(row)).append("</td>");
      for (LinkGrid.Column column : grid.columns()) {
        for (int manner = 0; manner < KINDS.size(); manner++) {
          table.append(cell.apply(column.places().get(row), manner));
        }
      }
      table.append("</tr>\n");
    }
    return table.append("</tbody></table></div>\n").toString();
  }

  private static String folded(List<Scenario> links) {
    if (links.isEmpty()) {
      return "";
    }
    return "<details>\n<summary>Each of these links message by message</summary>\n"
        + links.stream()
            .map(link -> "<h3>" + Html.escape(link.link()) + "</h3>\n" + one(link))
            .collect(Collectors.joining())
        + "</details>\n";
  }

  private static String one(Scenario link) {
    List<LinkRow> rows = LinkRow.of(link);
    return LinkPicture.of(rows) + HtmlTables.link(rows);
  }
}
