package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.output.Table.Column;
import dev.sockbed.bench.output.Table.Kind;
import dev.sockbed.bench.output.Table.Row;
import dev.sockbed.bench.output.Table.Value;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.TransferDetail;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What became of files, as a table: a row for each variant. */
final class TransferTable {
  private static final int NAME = 12;
  private static final int WIDTH = 10;

  private TransferTable() {}

  /** The table of a scenario of transfers. */
  static Table of(Scenario scenario) {
    List<Column> columns = new ArrayList<>(List.of(new Column("", Kind.NAME, NAME)));
    Stream.of("files", "in time", "fastest", "median", "slowest", "sent again")
        .forEach(label -> columns.add(new Column(label, Kind.NUMBER, WIDTH)));
    return new Table(columns, scenario.points().stream().map(TransferTable::row).toList());
  }

  private static Row row(Trials trials) {
    long[] nanos =
        trials.cells().stream()
            .filter(cell -> cell.outcomes().ok() + cell.outcomes().late() > 0)
            .mapToLong(cell -> detail(cell).elapsedNs())
            .sorted()
            .toArray();
    long again =
        trials.cells().stream()
            .map(TransferTable::detail)
            .mapToLong(TransferTable::sentAgain)
            .sum();
    int files = trials.cells().size();
    return new Row(
        List.of(
            Value.variant(trials.point().variant()),
            Value.of(Numbers.count((long) files)),
            Value.of(Numbers.percent(trials.outcomes().ok(), files)),
            Value.of(Numbers.time(nanos.length == 0 ? null : nanos[0])),
            Value.of(Numbers.time(nanos.length == 0 ? null : median(nanos))),
            Value.of(Numbers.time(nanos.length == 0 ? null : nanos[nanos.length - 1])),
            Value.of(Numbers.count(again))),
        false);
  }

  private static long median(long[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
  }

  private static long sentAgain(TransferDetail detail) {
    Long segments = detail.tcpRetransmits();
    return detail.resent() + (segments == null ? 0 : segments);
  }

  private static TransferDetail detail(Cell cell) {
    return (TransferDetail) Objects.requireNonNull(cell.detail());
  }
}
