package dev.sockbed.bench.workload;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.stats.Share;
import dev.sockbed.bench.stats.Trials;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one way of sending did over a link.
 *
 * @param variant as cells name it
 * @param trials a cell of each
 */
record Measured(String variant, List<Cell> trials) {
  /** Messages sent. */
  long messages() {
    return trials.stream().mapToLong(Cell::sent).sum();
  }

  /** Of each run and trial the messages that were back in time. */
  List<List<Share.Count>> inTime() {
    return counts(cell -> cell.outcomes().ok());
  }

  /** The same with those that were not, but may have been on a machine that never stalls. */
  List<List<Share.Count>> inTimeAtMost() {
    return counts(cell -> cell.outcomes().ok() + excused(cell));
  }

  /** Messages of which this machine decided the fate. */
  long excused() {
    return trials.stream().mapToLong(Measured::excused).sum();
  }

  private static long excused(Cell cell) {
    LinkDetail detail = detail(cell);
    Long stalled = detail.excused();
    long excused = (stalled == null ? 0 : stalled) + detail.unfetched();
    return Math.min(cell.sent() - cell.outcomes().ok(), excused);
  }

  private List<List<Share.Count>> counts(ToLongFunction<Cell> counted) {
    return Trials.byFork(trials).stream()
        .map(fork ->
            fork.stream()
                .map(cell -> new Share.Count(counted.applyAsLong(cell), cell.sent()))
                .toList())
        .toList();
  }

  /** Bytes on the link for a message, both ways; null where they were not seen. */
  @Nullable Double wireBytes() {
    long bytes = 0;
    for (Cell cell : trials) {
      Long up = detail(cell).up().bytes();
      Long down = detail(cell).down().bytes();
      if (up == null || down == null) {
        return null;
      }
      bytes += up + down;
    }
    return (double) bytes / messages();
  }

  /** How often the client itself sent a message, on average. */
  double sendings() {
    long resent = trials.stream().mapToLong(cell -> detail(cell).resent()).sum();
    return 1 + (double) resent / messages();
  }

  /** Whether a relay stood in between, which can't lose a TCP segment. */
  boolean overRelay() {
    return trials.stream().anyMatch(cell -> detail(cell).mode().equals("relay"));
  }

  private static LinkDetail detail(Cell cell) {
    return (LinkDetail) Objects.requireNonNull(cell.detail());
  }
}
