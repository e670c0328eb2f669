package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.TimesNs;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of times; the rank says in which order they give way. */
enum Percentile {
  P50("p50", 0),
  P90("p90", 3),
  P99("p99", 1),
  P999("p99.9", 4),
  MAX("max", 2);

  private static final int WIDTH = 8;

  private final String label;
  private final int rank;

  Percentile(String label, int rank) {
    this.label = label;
    this.rank = rank;
  }

  /** A column for each. */
  static List<Table.Column> columns() {
    return Arrays.stream(values())
        .map(each -> new Table.Column(each.label, Table.Kind.NUMBER, WIDTH).ofRank(each.rank))
        .toList();
  }

  /** A value for each. */
  static List<Table.Value> of(TimesNs times) {
    return Arrays.stream(values())
        .map(each -> Table.Value.of(Numbers.time(each.from(times))))
        .toList();
  }

  private @Nullable Long from(TimesNs times) {
    return switch (this) {
      case P50 -> times.p50();
      case P90 -> times.p90();
      case P99 -> times.p99();
      case P999 -> times.p999();
      case MAX -> times.max();
    };
  }
}
