package dev.sockbed.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.result.ResultsFile;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Records as a table for programs: a row each, the columns named by where the numbers stand in
 * JSON, as in {@code serviceNs.p50}. What is unknown is empty. The columns depend on the records'
 * type alone.
 */
public final class FlatTable {
  private FlatTable() {}

  /**
   * Makes one.
   *
   * @param without columns that are left out
   */
  public static <R extends Record> Table of(Class<R> type, List<R> records, Set<String> without) {
    List<String> columns = new ArrayList<>();
    columns("", type, without, columns);
    return new Table(
        columns.stream().map(name -> new Table.Column(name, Table.Kind.NAME, 0)).toList(),
        records.stream().map(each -> row(ResultsFile.tree(each), columns)).toList());
  }

  private static void columns(
      String prefix, Class<?> type, Set<String> without, List<String> into) {
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
      String name = prefix + (renamed == null ? component.getName() : renamed.value());
      if (without.contains(name)) {
        continue;
      }
      if (component.getType().isRecord()) {
        columns(name + ".", component.getType(), without, into);
      } else {
        into.add(name);
      }
    }
  }

  private static Table.Row row(JsonNode tree, List<String> columns) {
    return Table.Row.of(columns.stream().map(column -> text(at(tree, column))).toList());
  }

  private static JsonNode at(JsonNode tree, String column) {
    JsonNode node = tree;
    for (String key : column.split("\\.", -1)) {
      node = node.path(key);
    }
    return node;
  }

  private static String text(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().map(FlatTable::text).collect(Collectors.joining("; "));
    }
    return node.isNull() || node.isMissingNode() ? "" : node.asString();
  }
}
