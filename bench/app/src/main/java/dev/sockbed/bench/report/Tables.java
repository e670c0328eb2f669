package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.output.Table.Column;
import dev.sockbed.bench.output.Table.Kind;
import dev.sockbed.bench.output.Table.Row;
import dev.sockbed.bench.output.Table.Tone;
import dev.sockbed.bench.output.Table.Value;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Results as tables, the same for the terminal, the page and a summary in Markdown. */
final class Tables {
  private static final int NAME = 12;
  private static final int SHARE = 8;
  private static final int RATE = 11;
  private static final int LOSS = 6;
  private static final int GRID = 7;

  private Tables() {}

  /** The numbers of a scenario: a row a point, TCP's above UDP's. */
  static Table scenario(Scenario scenario) {
    List<Axis> axes = scenario.axes();
    List<Column> columns = new ArrayList<>();
    axes.forEach(axis -> columns.add(new Column(axis.label(), Kind.PLACE, 0)));
    columns.add(new Column("", Kind.NAME, 0));
    columns.addAll(Percentile.columns());
    columns.add(new Column("messages/s", Kind.NUMBER, RATE));
    columns.add(new Column("what did not go well", Kind.WORDS, 0));
    List<Row> rows = new ArrayList<>();
    Point before = null;
    for (Trials trials : scenario.points()) {
      Point place = trials.point().withVariant("");
      boolean first = !place.equals(before);
      before = place;
      List<Value> values = new ArrayList<>();
      axes.forEach(axis -> values.add(Value.of(first ? axis.of(trials.point()) : "")));
      values.add(Value.variant(trials.point().variant()));
      values.addAll(Percentile.of(trials.times()));
      values.add(Value.of(Numbers.rate(trials.messagesPerSecond())));
      values.add(Value.bad(OutcomeWords.notOk(trials)));
      rows.add(new Row(values, first));
    }
    return new Table(columns, rows);
  }

  /** The times of one run of the load generator. */
  static Table load(LoadText load) {
    List<Column> columns = new ArrayList<>(List.of(new Column("", Kind.NAME, NAME)));
    columns.addAll(Percentile.columns());
    return new Table(
        columns,
        load.rows().stream()
            .map(row ->
                new Row(
                    Stream.concat(
                            Stream.of(Value.of(row.name())), Percentile.of(row.times()).stream())
                        .toList(),
                    false))
            .toList());
  }

  /** What a receiver saw of messages around its receive limit. */
  static Table receiveLimit(List<ReceiveLimitRow> limits) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                new Column("bytes", Kind.PLACE, 0),
                new Column("", Kind.NAME, 0),
                new Column("two messages are received as", Kind.NAME, 0)));
    Stream.of("messages", "split", "merged", "cut", "not back")
        .forEach(label -> columns.add(new Column(label, Kind.NUMBER, 0)));
    List<Row> rows = new ArrayList<>();
    int before = -1;
    for (ReceiveLimitRow limit : limits) {
      boolean first = limit.detail().messageBytes() != before;
      before = limit.detail().messageBytes();
      List<Value> values = new ArrayList<>();
      values.add(Value.of(first ? Numbers.count((long) before) : ""));
      values.add(Value.variant(limit.transport()));
      values.add(Value.of(limit.receives()));
      Stream.of(
              limit.sent(),
              limit.detail().splits(),
              limit.detail().merges(),
              limit.detail().truncations(),
              limit.missing())
          .forEach(count -> values.add(Value.of(Numbers.count(count))));
      rows.add(new Row(values, first));
    }
    return new Table(columns, rows);
  }

  /** How many messages came within each deadline over an emulated link. */
  static Table link(List<LinkRow> links) {
    List<Column> columns = new ArrayList<>(List.of(new Column("came within", Kind.NAME, NAME)));
    links
        .getFirst()
        .deadlines()
        .forEach(label -> columns.add(new Column(label, Kind.NUMBER, SHARE)));
    return new Table(
        columns,
        links.stream()
            .map(row ->
                new Row(
                    Stream.concat(
                            Stream.of(Value.variant(row.manner())),
                            row.shares().stream().map(Value::of))
                        .toList(),
                    false))
            .toList());
  }

  /** The shares in time by loss and delay; the manner that is ahead is marked. */
  static Table shares(LinkGrid grid) {
    return grid(grid, true);
  }

  /** Until when nearly all had come, by loss and delay. */
  static Table times(LinkGrid grid) {
    return grid(grid, false);
  }

  private static Table grid(LinkGrid grid, boolean shares) {
    List<Column> columns = new ArrayList<>(List.of(new Column("loss", Kind.NAME, LOSS)));
    for (LinkGrid.Column column : grid.columns()) {
      String group = shares ? column.delay() + ", " + column.deadline() : column.delay();
      for (int manner = 0; manner < LinkGrid.HEADS.size(); manner++) {
        columns.add(
            new Column(
                LinkGrid.HEADS.get(manner), group, Kind.NUMBER, GRID, 0, LinkGrid.tone(manner)));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < grid.losses().size(); row++) {
      List<Value> values = new ArrayList<>(List.of(Value.of(grid.losses().get(row))));
      for (LinkGrid.Column column : grid.columns()) {
        LinkGrid.Place place = column.places().get(row);
        for (int manner = 0; manner < LinkGrid.HEADS.size(); manner++) {
          boolean ahead = shares && place.marks(manner);
          values.add(
              new Value(
                  (shares ? place.shares() : place.times()).get(manner),
                  ahead ? LinkGrid.tone(manner) : Tone.PLAIN,
                  ahead));
        }
      }
      rows.add(new Row(values, false));
    }
    return new Table(columns, rows);
  }
}
