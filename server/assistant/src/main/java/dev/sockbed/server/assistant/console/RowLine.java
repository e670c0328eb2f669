package dev.sockbed.server.assistant.console;

import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.HexText;
import dev.sockbed.server.assistant.Row;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** A row as the console shows it; nothing in it acts on the terminal. */
final class RowLine {
  /** The most bytes that are shown; a saved transcript has more. */
  private static final int MOST_BYTES = 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();

  /** How bytes are shown. */
  enum BytesAs {
    TEXT,
    HEX,
    BOTH
  }

  private RowLine() {}

  static AttributedString of(Row row, ZoneId zone, BytesAs view) {
    AttributedStringBuilder out = new AttributedStringBuilder();
    out.styled(FAINT, TIME.format(row.time().atZone(zone))).append("  ");
    String peer = row.peer() == 0 ? "-" : String.valueOf(row.peer());
    out.append("%3s ".formatted(peer));
    switch (row.kind()) {
      case RECEIVED -> out.styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN), "<- ");
      case SENT -> out.styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN), "-> ");
      case ERROR -> out.styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED), "!! ");
      default -> out.append("-- ");
    }
    switch (row.kind()) {
      case RECEIVED, SENT -> appendBytes(out, row, view);
      default -> out.append(row.kind().label()).append(' ').append(row.address());
    }
    if (!row.note().isEmpty()) {
      out.styled(FAINT, "  " + Bytes.utf8(row.note()));
    }
    return out.toAttributedString();
  }

  private static void appendBytes(AttributedStringBuilder out, Row row, BytesAs view) {
    out.append("%5d  ".formatted(row.length()));
    if (row.cut()) {
      out.styled(AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW), "cut ");
    }
    Bytes shown = row.bytes().first(MOST_BYTES);
    if (view != BytesAs.HEX) {
      out.append('"').append(shown.toString()).append('"');
    }
    if (view != BytesAs.TEXT) {
      out.append(view == BytesAs.BOTH ? "  " : "").styled(FAINT, HexText.show(shown));
    }
    if (shown.length() < row.length()) {
      out.append(" ... " + (row.length() - shown.length()) + " more");
    }
  }
}
