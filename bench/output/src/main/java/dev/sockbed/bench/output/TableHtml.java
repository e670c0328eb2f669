package dev.sockbed.bench.output;

import dev.sockbed.bench.output.Table.Column;
import dev.sockbed.bench.output.Table.Kind;
import dev.sockbed.bench.output.Table.Value;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table for a page, which scrolls sideways where the window is narrow. */
public final class TableHtml {
  private TableHtml() {}

  /** Renders a table. */
  public static String render(Table table) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table");
    html.append(table.grouped() ? " class=\"grid\">\n<thead>" : ">\n<thead>");
    List<Integer> shown = table.shown();
    html.append(table.grouped() ? groups(table, shown) : "").append("<tr>");
    for (int i : shown) {
      Column column = table.columns().get(i);
      if (!table.grouped() || !column.group().isEmpty()) {
        String kind = column.kind() == Kind.WORDS ? "name" : kind(column);
        html.append(tag("th", kind, column.tone().word())).append(Html.escape(column.label()));
        html.append("</th>");
      }
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Table.Row row : table.rows()) {
      html.append(row.begins() ? "<tr class=\"first\">" : "<tr>");
      for (int i : shown) {
        Value value = row.values().get(i);
        html.append(
            tag("td", kind(table.columns().get(i)), value.marked() ? "ahead" : "", tone(value)));
        html.append(Html.escape(value.text())).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String groups(Table table, List<Integer> shown) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int at = 0; at < shown.size(); ) {
      Column column = table.columns().get(shown.get(at));
      String group = column.group();
      if (group.isEmpty()) {
        row.append("<th class=\"name\" rowspan=\"2\">").append(Html.escape(column.label()));
        at++;
      } else {
        int begin = at;
        while (at < shown.size() && table.columns().get(shown.get(at)).group().equals(group)) {
          at++;
        }
        row.append("<th class=\"group\" colspan=\"%d\">".formatted(at - begin));
        row.append(Html.escape(group));
      }
      row.append("</th>");
    }
    return row.append("</tr>\n").toString();
  }

  private static String tone(Value value) {
    return value.text().isEmpty() ? "" : value.tone().word();
  }

  private static String kind(Column column) {
    return switch (column.kind()) {
      case NAME -> "name";
      case WORDS -> "wrap";
      case PLACE, NUMBER -> "";
    };
  }

  private static String tag(String name, String... classes) {
    String all =
        Stream.of(classes).filter(each -> !each.isEmpty()).collect(Collectors.joining(" "));
    return all.isEmpty() ? "<" + name + ">" : "<" + name + " class=\"" + all + "\">";
  }
}
