package dev.sockbed.bench.output;

import dev.sockbed.bench.output.Table.Column;
import dev.sockbed.bench.output.Table.Kind;
import dev.sockbed.bench.output.Table.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A table for a terminal. Where it is too narrow, columns give way by their rank; if that is not
 * enough, those that are left stand in several blocks below each other, each with the names of the
 * rows. Words stand beside their row where there is room for them, or else below it.
 */
public final class TableText {
  private static final String MARK = "*";

  /** With less room than this, words stand below their row. */
  private static final int FEWEST_BESIDE = 30;

  private static final int GAP = 2;

  private final Table table;
  private final int indent;
  private final int width;
  private final Colours colours;
  private final int[] widths;
  private final List<String> lines = new ArrayList<>();

  private TableText(Table table, int indent, int width, Colours colours) {
    this.table = table;
    this.indent = indent;
    this.width = width;
    this.colours = colours;
    widths = new int[table.columns().size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      int longest =
          table.rows().stream()
              .mapToInt(row -> text(row.values().get(column)).length())
              .max()
              .orElse(0);
      Column head = table.columns().get(i);
      widths[i] = Math.max(Math.max(head.width(), head.label().length()), longest);
    }
  }

  /**
   * Sets a table.
   *
   * @param indent blanks before each line
   * @param width how long a line may be, those blanks included
   */
  public static List<String> lines(Table table, int indent, int width, Colours colours) {
    TableText text = new TableText(table, indent, width, colours);
    text.blocks();
    return text.lines;
  }

  private void blocks() {
    List<Integer> shown = new ArrayList<>(table.shown());
    int words = -1;
    if (!shown.isEmpty() && column(shown.getLast()).kind() == Kind.WORDS) {
      words = shown.removeLast();
    }
    giveWay(shown);
    List<Integer> names = shown.stream().filter(i -> column(i).names()).toList();
    List<List<Integer>> units = units(shown.stream().filter(i -> !column(i).names()).toList());
    do {
      List<Integer> block = new ArrayList<>(names);
      do {
        block.addAll(units.isEmpty() ? List.of() : units.removeFirst());
      } while (!units.isEmpty() && end(block, units.getFirst()) <= width);
      block(block, names, units.isEmpty() ? words : -1);
    } while (!units.isEmpty());
  }

  /** Leaves columns out until the rest fits or none gives way any more. */
  private void giveWay(List<Integer> shown) {
    while (end(shown, List.of()) > width) {
      int last = shown.stream().max(Comparator.comparingInt(i -> column(i).rank())).orElseThrow();
      if (column(last).rank() == 0) {
        return;
      }
      shown.removeIf(i -> i == last);
    }
  }

  /** Columns that stay beside each other: those of a group. */
  private List<List<Integer>> units(List<Integer> values) {
    List<List<Integer>> units = new ArrayList<>();
    String before = "";
    for (int i : values) {
      String group = column(i).group();
      if (group.isEmpty() || !group.equals(before)) {
        units.add(new ArrayList<>());
      }
      units.getLast().add(i);
      before = group;
    }
    return units;
  }

  private void block(List<Integer> block, List<Integer> names, int words) {
    int beside = end(block, List.of()) + GAP;
    boolean room = words >= 0 && width - beside >= FEWEST_BESIDE;
    if (table.grouped()) {
      lines.add(colours.faint(groups(block).stripTrailing()));
    }
    StringBuilder heads = new StringBuilder(" ".repeat(indent));
    for (int i : block) {
      heads.append(i == block.getFirst() ? "" : " ").append(set(column(i).label(), i));
    }
    String last = room ? " ".repeat(GAP) + column(words).label() : "";
    lines.add(colours.faint((heads + last).stripTrailing()));
    for (Table.Row row : table.rows()) {
      StringBuilder line = new StringBuilder(" ".repeat(indent));
      for (int i : block) {
        Value value = row.values().get(i);
        String set = set(text(value), i);
        line.append(i == block.getFirst() ? "" : " ").append(paint(set, value));
      }
      words(row, line.toString(), words, room ? beside : end(names, List.of()) + 1, room);
    }
  }

  private void words(Table.Row row, String line, int words, int from, boolean beside) {
    Value value = words < 0 ? Value.of("") : row.values().get(words);
    List<String> set =
        Paragraph.lines(value.text(), from, from, Math.max(width, from + FEWEST_BESIDE / 2));
    lines.add(
        beside && !set.isEmpty()
            ? line + " ".repeat(GAP) + paint(set.getFirst().substring(from), value)
            : line.stripTrailing());
    set.stream()
        .skip(beside ? 1 : 0)
        .forEach(each -> lines.add(" ".repeat(from) + paint(each.substring(from), value)));
  }

  private String groups(List<Integer> block) {
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    String before = "";
    int end = indent;
    for (int i : block) {
      String group = column(i).group();
      if (!group.isEmpty() && !group.equals(before)) {
        line.append(" ".repeat(Math.max(1, end + GAP - line.length()))).append(group);
      }
      end += widths[i] + (i == block.getFirst() ? 0 : 1);
      before = group;
    }
    return line.toString();
  }

  /** How long a line with these columns is. */
  private int end(List<Integer> columns, List<Integer> more) {
    int count = columns.size() + more.size();
    return indent
        + columns.stream().mapToInt(i -> widths[i]).sum()
        + more.stream().mapToInt(i -> widths[i]).sum()
        + Math.max(0, count - 1);
  }

  private Column column(int number) {
    return table.columns().get(number);
  }

  private static String text(Value value) {
    return value.marked() ? MARK + value.text() : value.text();
  }

  private String set(String text, int number) {
    String blanks = " ".repeat(widths[number] - text.length());
    return column(number).kind() == Kind.NAME ? text + blanks : blanks + text;
  }

  private String paint(String text, Value value) {
    return switch (value.tone()) {
      case TCP, UDP -> colours.transport(text, value.tone().word());
      case BAD -> colours.bad(text);
      case PLAIN -> text;
    };
  }
}
