package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.output.TableHtml;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link LinkGrid} as a section of the page. */
final class LinkGridHtml {
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
        + TableHtml.render(Tables.shares(grid))
        + paragraph("", LinkGrid.WITHIN)
        + TableHtml.render(Tables.times(grid))
        + (grid.caveat().isEmpty() ? "" : paragraph(" class=\"note\"", grid.caveat()))
        + folded(links)
        + "</section>";
  }

  private static String paragraph(String kind, String words) {
    return "<p" + kind + ">" + Html.escape(words) + "</p>\n";
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
