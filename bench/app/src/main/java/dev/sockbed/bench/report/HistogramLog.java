package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Results;
import java.io.OutputStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * Results as a histogram log, which HdrHistogram's own tools read (HistogramLogProcessor, the
 * plotter). Each cell is an interval with a tag of its own, so that a tool can pick it: {@code
 * udp/rtt/128B/c1/w1/one-core/t3/service}, or with {@code r1000} for a rate in place of the window.
 * Beside it stands the same interval without a tag: a tool that is asked for no tag reads those,
 * and HistogramLogProcessor 2.2.2 fails where there is none. They are of the times that the cell is
 * judged by: response times where a schedule set the pace, service times otherwise.
 *
 * <p>An interval is as long as the cell took; what lay between the cells is left out, so that one
 * begins where the one before ends. Times are nanoseconds; the maximum beside each is in
 * milliseconds.
 */
final class HistogramLog {
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private HistogramLog() {}

  /** Writes the log to a stream, which stays open. */
  static void write(Results results, OutputStream to) {
    // Not closed: that would close the stream, which is not ours.
    HistogramLogWriter log = new HistogramLogWriter(to);
    log.outputComment("[Logged by sockbed " + results.tool().version() + "]");
    log.outputComment("[Times in nanoseconds; an interval a measurement, gaps left out]");
    log.outputComment("[Without a tag: all measurements; one of them: -tag and its tag]");
    log.outputLogFormatVersion();
    log.outputStartTime(results.startedAt().toEpochMilli());
    log.outputLegend();
    double begin = 0;
    for (Cell cell : results.cells()) {
      double end = begin + seconds(cell);
      boolean scheduled = cell.responseHistogram() != null;
      interval(log, begin, end, scheduled ? cell.responseHistogram() : cell.histogram(), null);
      interval(log, begin, end, cell.histogram(), tag(cell) + "/service");
      interval(log, begin, end, cell.responseHistogram(), tag(cell) + "/response");
      begin = end;
    }
  }

  private static void interval(
      HistogramLogWriter log,
      double begin,
      double end,
      @Nullable String encoded,
      @Nullable String tag) {
    if (encoded != null) {
      Histogram histogram = Histograms.decode(encoded);
      histogram.setTag(tag);
      log.outputIntervalHistogram(begin, end, histogram, NANOS_PER_MILLISECOND);
    }
  }

  /** How long a cell took; at least as long as its longest time, also if all replies were late. */
  private static double seconds(Cell cell) {
    if (cell.detail() instanceof LoadDetail detail) {
      return detail.elapsedNs() / NANOS_PER_SECOND;
    }
    Long longest = cell.serviceNs().max();
    return cell.messagesPerSecond() > 0
        ? cell.outcomes().ok() / cell.messagesPerSecond()
        : longest == null ? 0 : longest / NANOS_PER_SECOND;
  }

  private static String tag(Cell cell) {
    String pace =
        cell.ratePerSecond() == null
            ? "w" + cell.window()
            : "r" + String.format(Locale.ROOT, "%.0f", cell.ratePerSecond());
    String tag =
        String.join(
            "/",
            cell.variant(),
            cell.scenario(),
            cell.sizeBytes() + "B",
            "c" + cell.connections(),
            pace,
            (cell.placement() == null ? "" : cell.placement() + "/")
                + (cell.fork() == null ? "" : "f" + cell.fork() + "/")
                + "t"
                + cell.trial());
    // A comma or a blank would end the tag for its reader.
    return tag.replaceAll("[^\\w./-]", "_");
  }
}
