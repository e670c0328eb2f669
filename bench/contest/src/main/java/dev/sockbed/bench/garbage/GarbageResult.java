package dev.sockbed.bench.garbage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sockbed.bench.stats.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many bytes each way's messages left. */
public final class GarbageResult {
  private static final double NOTHING = 0.01;

  private final List<Cell> cells = new ArrayList<>();

  /** Nothing found yet. */
  GarbageResult() {}

  /**
   * One way.
   *
   * @param path who exchanges
   * @param messages how many there were
   * @param bytesPerMessage JMH's {@code gc.alloc.rate.norm}
   */
  public record Cell(
      String path,
      String transport,
      @JsonProperty("wait") String waiting,
      String io,
      long messages,
      double bytesPerMessage) {}

  void add(GarbagePath path, long messages, double bytesPerMessage) {
    cells.add(
        new Cell(
            path.work().label(),
            path.transport().scheme(),
            path.waiting().toString(),
            path.io().label(),
            messages,
            bytesPerMessage));
  }

  /** All ways, for programs. */
  public List<Cell> cells() {
    return List.copyOf(cells);
  }

  /** What is to be reached. */
  public List<Goal> goals() {
    double most = cells.stream().mapToDouble(Cell::bytesPerMessage).max().orElseThrow();
    return List.of(
        Goal.atMost(NOTHING, "bytes allocated for a message, the most of all ways", most));
  }

  /** The table, a way a line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    String row = "| %-17s | %-9s | %-5s | %-7s | %13s | %15s |%n";
    text.append(
        row.formatted("who exchanges", "transport", "wait", "io", "messages", "bytes a message"));
    text.append("|---|---|---|---|---|---|\n");
    for (Cell cell : cells) {
      text.append(
          row.formatted(
              cell.path,
              cell.transport,
              cell.waiting,
              cell.io,
              String.format(Locale.ROOT, "%,d", cell.messages),
              String.format(Locale.ROOT, "%.4f", cell.bytesPerMessage)));
    }
    return text.toString();
  }
}
