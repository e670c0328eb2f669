package dev.sockbed.bench.output;

import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;
import tools.jackson.dataformat.csv.CsvWriteFeature;

/**
 * A table as comma-separated values: the heads, then a line a row, each ended by CR and LF.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class TableCsv {
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvWriteFeature.STRICT_CHECK_FOR_QUOTING).build();

  private static final CsvSchema LINES = CsvSchema.emptySchema().withLineSeparator("\r\n");

  private TableCsv() {}

  /** Renders a table. */
  public static String render(Table table) {
    Stream<List<String>> heads =
        Stream.of(table.columns().stream().map(Table.Column::label).toList());
    Stream<List<String>> rows =
        table.rows().stream().map(row -> row.values().stream().map(Table.Value::text).toList());
    StringWriter text = new StringWriter();
    try (SequenceWriter lines = MAPPER.writer(LINES).writeValues(text)) {
      lines.writeAll(Stream.concat(heads, rows).toList());
    }
    return text.toString();
  }
}
