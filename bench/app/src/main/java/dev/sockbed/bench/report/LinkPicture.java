package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Message by message, how long each waited for its echo: over TCP a lost message holds up those
 * behind it, which shows as a ramp that comes down; over UDP it is missing and the others are as
 * quick as ever. A lost message is a mark at the top.
 */
final class LinkPicture {
  private static final double WIDTH = 480;
  private static final double LEFT = 96;
  private static final double HIGH = 84;
  private static final double GAP = 16;

  private final List<LinkRow> rows;
  private final double longest;
  private final int messages;

  private LinkPicture(List<LinkRow> rows) {
    this.rows = rows;
    longest =
        rows.stream()
            .flatMap(row -> row.detail().responsesNs().stream())
            .mapToDouble(nanos -> nanos == null ? 0 : nanos)
            .max()
            .orElse(1);
    messages = rows.stream().mapToInt(row -> row.detail().responsesNs().size()).max().orElse(1);
  }

  /** The picture with its caption; nothing without rows. */
  static String of(List<LinkRow> rows) {
    return rows.isEmpty() ? "" : new LinkPicture(rows).figure();
  }

  private String figure() {
    Svg svg = new Svg("Response time of each message, one strip for each way of sending", WIDTH);
    double top = 10;
    for (LinkRow row : rows) {
      strip(svg, row, top);
      top += HIGH + GAP;
    }
    return "<figure class=\"picture\"><figcaption>Response time of "
        + messages
        + " messages of the first trial, one after the other; at the top of each strip those that"
        + " never came</figcaption>"
        + svg
        + "</figure>\n";
  }

  private void strip(Svg svg, LinkRow row, double top) {
    double bottom = top + HIGH;
    svg.line(LEFT, bottom, WIDTH, bottom, "line");
    svg.text(LEFT - 8, top + HIGH / 2, "end", "", row.manner().toUpperCase(Locale.ROOT));
    svg.text(LEFT - 8, top + 6, "end", "soft", Numbers.time((long) longest));
    svg.text(LEFT - 8, bottom, "end", "soft", "0");
    List<Svg.Dot> came = new ArrayList<>();
    double step = (WIDTH - LEFT) / messages;
    int place = 0;
    for (@Nullable Long nanos : row.detail().responsesNs()) {
      double x = LEFT + step * place++;
      if (nanos == null) {
        svg.rectangle(x, top - 6, Math.max(1, step), 4, "fill-bad");
      } else {
        came.add(new Svg.Dot(x, bottom - HIGH * nanos / longest));
      }
    }
    svg.dots(came, row.manner().equals("tcp") ? "dots dots-tcp" : "dots dots-udp");
  }
}
