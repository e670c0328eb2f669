package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.bench.result.TimesNs;
import java.util.List;

/**
 * Where the figures of TCP are those of dropped segments. A small board's receive queue holds a few
 * packets; what comes beyond it is dropped, and the sender waits for its retransmission timeout
 * before it sends that again. Half of the messages may then be quick, and the throughput is that
 * timeout's.
 */
final class SegmentDrops {
  /** Linux's shortest retransmission timeout ({@code TCP_RTO_MIN}), nanoseconds. */
  private static final long SHORTEST_TIMEOUT = 200_000_000L;

  /** A mean that many times the median: half of the time went by in the waits of a few. */
  private static final int MEAN_BY_MEDIAN = 2;

  /** By so much the mean is above the quickest where most messages had to wait, nanoseconds. */
  private static final long WAIT_OF_MOST = SHORTEST_TIMEOUT / 2;

  private SegmentDrops() {}

  /** What is to be said of such trials of one point; empty if they are not such. */
  static String told(List<Cell> cells) {
    List<Cell> stalled = cells.stream().filter(SegmentDrops::isStalled).toList();
    if (stalled.isEmpty()) {
      return "";
    }
    Cell first = stalled.getFirst();
    return "the peer, or the way to it, drops segments with %s messages in flight on a connection: %s sent again, with waits of up to %s where the median is %s; this is a small receive queue or a lossy way, not TCP's speed, and fewer in flight (--window) show which"
        .formatted(
            Numbers.count((long) window(first)),
            Numbers.counted(
                stalled.stream().mapToLong(SegmentDrops::retransmits).sum(),
                "segment was",
                "segments were"),
            Numbers.time(first.serviceNs().max()),
            Numbers.time(first.serviceNs().p50()));
  }

  /** One message in flight overflows no queue. */
  private static boolean isStalled(Cell cell) {
    TimesNs times = cell.serviceNs();
    Long min = times.min();
    Long median = times.p50();
    Long mean = times.mean();
    Long max = times.max();
    return window(cell) > 1
        && retransmits(cell) > 0
        && min != null
        && median != null
        && mean != null
        && max != null
        && max >= SHORTEST_TIMEOUT
        && (mean >= MEAN_BY_MEDIAN * median || mean - min >= WAIT_OF_MOST);
  }

  private static int window(Cell cell) {
    Integer window = cell.window();
    return window == null ? 0 : window;
  }

  /** Of the run's own connections, by {@code TCP_INFO}. */
  private static long retransmits(Cell cell) {
    SystemTruth.Tcp tcp = cell.detail() instanceof LoadDetail load ? load.system().tcp() : null;
    return tcp == null ? 0 : tcp.retransmits();
  }
}
