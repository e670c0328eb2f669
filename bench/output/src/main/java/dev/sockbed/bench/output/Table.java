package dev.sockbed.bench.output;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Rows of text under columns, whoever reads it: {@link TableText} sets it for a terminal, {@link
 * TableHtml} for a page, {@link TableMarkdown} for a build's summary, {@link TableCsv} for
 * programs.
 *
 * @param columns those that name the row first, at most one that wraps, which is the last
 * @param rows each with as many values as there are columns
 */
public record Table(List<Column> columns, List<Row> rows) {
  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.values().size() != columns.size()) {
        throw new IllegalArgumentException(
            "%d values under %d columns".formatted(row.values().size(), columns.size()));
      }
    }
  }

  /** What stands in a column. */
  public enum Kind {
    /** A word that names the row: set to the left. */
    NAME,
    /** A number that names the row: set to the right. */
    PLACE,
    /** What was found: set to the right. */
    NUMBER,
    /** Words of any length, which a terminal breaks into lines; empty in every row, it is gone. */
    WORDS
  }

  /** What colour a value has, where there are colours. */
  public enum Tone {
    PLAIN,
    TCP,
    UDP,
    BAD;

    /** The tone of a variant's word; one that is not a whole transport's has none. */
    public static Tone of(String variant) {
      return switch (variant) {
        case "tcp" -> TCP;
        case "udp" -> UDP;
        default -> PLAIN;
      };
    }

    /** Its word on a page; empty if it is plain. */
    String word() {
      return this == PLAIN ? "" : name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A column.
   *
   * @param label its head
   * @param group what stands above several heads beside each other; empty for nothing
   * @param width characters that it takes on a terminal at least
   * @param rank columns of a higher rank give way first where a terminal is narrow; of rank 0 never
   * @param tone of its head
   */
  public record Column(String label, String group, Kind kind, int width, int rank, Tone tone) {
    /** A column that never gives way. */
    public Column(String label, Kind kind, int width) {
      this(label, "", kind, width, 0, Tone.PLAIN);
    }

    /** The same, giving way before those of a lower rank. */
    public Column ofRank(int other) {
      return new Column(label, group, kind, width, other, tone);
    }

    /** Whether it names the row. */
    boolean names() {
      return kind == Kind.NAME || kind == Kind.PLACE;
    }
  }

  /**
   * A value.
   *
   * @param marked whether it stands out among those beside it
   */
  public record Value(String text, Tone tone, boolean marked) {
    /** A value like any other. */
    public static Value of(String text) {
      return new Value(text, Tone.PLAIN, false);
    }

    /** A variant's name in its colour. */
    public static Value variant(String word) {
      return new Value(word.toUpperCase(Locale.ROOT), Tone.of(word), false);
    }

    /** What went wrong. */
    public static Value bad(String text) {
      return new Value(text, Tone.BAD, false);
    }
  }

  /**
   * A row.
   *
   * @param begins whether a new group of rows begins with it
   */
  public record Row(List<Value> values, boolean begins) {
    /** Copies the list. */
    public Row {
      values = List.copyOf(values);
    }

    /** Plain values. */
    public static Row of(List<String> texts) {
      return new Row(texts.stream().map(Value::of).toList(), false);
    }
  }

  /** Whether heads stand below others. */
  boolean grouped() {
    return columns.stream().anyMatch(column -> !column.group().isEmpty());
  }

  /** The columns' numbers, without one of words that is empty in every row. */
  List<Integer> shown() {
    return IntStream.range(0, columns.size())
        .filter(i ->
            columns.get(i).kind() != Kind.WORDS
                || rows.stream().anyMatch(row -> !row.values().get(i).text().isEmpty()))
        .boxed()
        .toList();
  }
}
