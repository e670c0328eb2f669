package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.result.ReceiveLimitDetail;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What two messages turn into on the way through a receive limit: above, the two as they were sent;
 * below, each receive as a box, its shade saying which message its bytes are of. What is lost is an
 * empty outline.
 */
final class ReceiveLimitPicture {
  private static final double WIDTH = 480;
  private static final double LEFT = 40;
  private static final double BAR = 22;
  private static final double GAP = 6;

  /** Boxes of the same message are set apart by this. */
  private static final double SEAM = 2;

  /** A single byte can be seen. */
  private static final double THINNEST = 2;

  /** A box narrower than this has no room for its number. */
  private static final double ROOM_FOR_NUMBER = 28;

  private final List<ReceiveLimitRow> rows;
  private final int size;
  private final double scale;
  private final Svg svg;

  private ReceiveLimitPicture(List<ReceiveLimitRow> rows) {
    this.rows = rows;
    this.size = rows.getFirst().detail().messageBytes();
    this.scale = (WIDTH - LEFT - 2 * GAP) / (2.0 * size);
    this.svg = new Svg(words(), WIDTH);
  }

  /** The pictures of all sizes, the largest first: there is most to see. */
  static String of(List<ReceiveLimitRow> rows) {
    List<Integer> sizes =
        rows.stream()
            .map(row -> row.detail().messageBytes())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    StringBuilder pictures = new StringBuilder();
    for (int size : sizes) {
      List<ReceiveLimitRow> ofSize =
          rows.stream().filter(row -> row.detail().messageBytes() == size).toList();
      pictures.append(new ReceiveLimitPicture(ofSize).figure());
    }
    return pictures.toString();
  }

  private String figure() {
    double y = 1;
    svg.text(LEFT - 8, y + 15.5, "end", "soft", "sent");
    for (int message = 0; message < 2; message++) {
      box(start(message), y, size * scale - SEAM, shade("fill-ok", message), String.valueOf(size));
    }
    for (ReceiveLimitRow row : rows) {
      y += BAR + GAP;
      String name = row.transport();
      svg.text(LEFT - 8, y + 15.5, "end", "", name.toUpperCase(Locale.ROOT));
      if (name.equals("udp")) {
        datagrams(row.detail(), y);
      } else {
        stream(row.detail(), y);
      }
    }
    return "<figure class=\"picture\"><figcaption>"
        + Html.escape(words())
        + "</figcaption>"
        + svg
        + "</figure>\n";
  }

  /**
   * Each receive goes on where the one before ended, so one may hold the end of the first message
   * and the beginning of the second: the stream has no gap between them.
   */
  private void stream(ReceiveLimitDetail detail, double y) {
    int position = 0;
    for (int length : detail.receives()) {
      int ofFirst = Math.clamp((long) size - position, 0, length);
      double x = LEFT + position * scale;
      double wide = length * scale - SEAM;
      double dark = ofFirst == length ? wide : ofFirst * scale;
      if (ofFirst > 0) {
        box(x, y, dark, "fill-tcp", "");
      }
      if (ofFirst < length) {
        box(x + dark, y, wide - dark, "fill-tcp second", "");
      }
      label(x, y, wide, String.valueOf(length), ofFirst * 2 >= length);
      position += length;
    }
  }

  /** Each receive is one message, or what is left of it. */
  private void datagrams(ReceiveLimitDetail detail, double y) {
    int message = 0;
    for (int length : detail.receives()) {
      double x = start(message);
      box(x, y, length * scale - SEAM, shade("fill-udp", message), String.valueOf(length));
      int gone = size - length;
      if (gone > 0) {
        box(x + length * scale, y, gone * scale - SEAM, "fill-gone", gone + " gone");
      }
      message++;
    }
  }

  private void box(double x, double y, double wide, String kind, String label) {
    svg.rectangle(x, y, Math.max(THINNEST, wide), BAR, kind);
    label(x, y, wide, label, kind.equals("fill-udp"));
  }

  private void label(double x, double y, double wide, String label, boolean onDark) {
    if (wide > Math.max(ROOM_FOR_NUMBER, label.length() * 8)) {
      svg.text(x + wide / 2, y + 15.5, "middle", onDark ? "on" : "", label);
    }
  }

  private double start(int message) {
    return LEFT + message * (size * scale + GAP);
  }

  private static String shade(String kind, int message) {
    return message % 2 == 0 ? kind : kind + " second";
  }

  private String words() {
    int limit = rows.getFirst().detail().limitBytes();
    String beginning =
        "Two messages of %s, at most %s a receive. ".formatted(Axis.bytes(size), Axis.bytes(limit));
    return rows.stream().map(this::words).collect(Collectors.joining(" ", beginning, ""));
  }

  private String words(ReceiveLimitRow row) {
    List<Integer> receives = row.detail().receives();
    int came = receives.stream().mapToInt(Integer::intValue).sum();
    String end =
        came < 2 * size
            ? "%s of %s gone".formatted(2 * size - came, Axis.bytes(2 * size))
            : receives.stream().allMatch(length -> length == size)
                ? "a message a receive"
                : "every byte, but other borders";
    return "%s: %s, %s.".formatted(row.transport().toUpperCase(Locale.ROOT), row.receives(), end);
  }
}
