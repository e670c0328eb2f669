package dev.sockbed.bench.output;

import dev.sockbed.bench.output.Table.Column;
import dev.sockbed.bench.output.Table.Kind;
import dev.sockbed.bench.output.Table.Value;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in Markdown, as build servers' summary pages show it.
 *
 * @see <a href="https://github.github.com/gfm/#tables-extension-">GitHub Flavored Markdown,
 *     tables</a>
 */
public final class TableMarkdown {
  private TableMarkdown() {}

  /** Renders a table: lines, each ended by a line feed. */
  public static String render(Table table) {
    List<Column> columns = table.shown().stream().map(table.columns()::get).toList();
    StringBuilder text = new StringBuilder(row(columns.stream().map(TableMarkdown::head).toList()));
    text.append(
        row(columns.stream().map(column -> isText(column.kind()) ? ":--" : "--:").toList()));
    for (Table.Row each : table.rows()) {
      text.append(row(table.shown().stream().map(i -> value(each.values().get(i))).toList()));
    }
    return text.toString();
  }

  /**
   * Data as text in Markdown: whatever it says, it makes no link, no heading and no HTML, and ends
   * no cell.
   */
  public static String escape(String text) {
    return text.replaceAll("\\R", " ")
        .replaceAll("[\\\\`*_{}\\[\\]<>|~#!&@]", "\\\\$0")
        .replace("://", ":\\//");
  }

  private static boolean isText(Kind kind) {
    return kind == Kind.NAME || kind == Kind.WORDS;
  }

  private static String head(Column column) {
    return escape(
        column.group().isEmpty() ? column.label() : column.group() + ": " + column.label());
  }

  private static String value(Value value) {
    String text = escape(value.text());
    return value.marked() ? "**" + text + "**" : text;
  }

  private static String row(List<String> values) {
    return values.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
