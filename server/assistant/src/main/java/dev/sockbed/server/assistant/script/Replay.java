package dev.sockbed.server.assistant.script;

import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.RowKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a script of a transcript: what was received is expected, what was sent is sent again. Peers
 * are numbered anew, in the order in which they first appear, as they will be when they connect
 * again.
 */
public final class Replay {
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final Set<Integer> here = new HashSet<>();
  private final List<String> lines = new ArrayList<>();

  private Replay() {}

  /**
   * The script's lines, as many as the transcript has and one more, so that a line's number says
   * which row it is.
   *
   * @throws ScriptSyntaxException naming a row whose bytes are not all in the transcript
   */
  public static List<String> script(List<Row> rows) throws ScriptSyntaxException {
    Replay replay = new Replay();
    replay.lines.add("# replayed transcript");
    for (Row row : rows) {
      if (row.bytes().length() < row.length() || row.kind() == RowKind.FILE) {
        throw new ScriptSyntaxException("not all of its bytes are in the transcript")
            .atLine(replay.lines.size() + 1);
      }
      replay.lines.add(replay.line(row));
    }
    return replay.lines;
  }

  private String line(Row row) {
    return switch (row.kind()) {
      case OPENED -> "open " + row.note();
      case CLOSED -> row.note().isEmpty() ? "close" : "# " + row.note();
      case CONNECTED -> connected(row);
      case DISCONNECTED -> disconnected(row);
      case RECEIVED ->
          row.length() == 0
              ? "# an empty datagram"
              : "expect hex \"" + row.bytes().hex() + "\" from " + number(row);
      case SENT -> "send " + number(row) + " hex \"" + row.bytes().hex() + '"';
      case FILE, NOTE, ERROR -> "# " + row.kind().label() + ": " + oneLine(row.note());
    };
  }

  private String connected(Row row) {
    here.add(number(row));
    return "expect peers " + here.size();
  }

  private String disconnected(Row row) {
    int number = number(row);
    here.remove(number);
    return switch (row.note()) {
      case "closed with the session" -> "# peer " + number + " was told goodbye";
      case "reset" -> "close " + number + " reset";
      case "closed", "forgotten" -> "close " + number;
      default -> "expect gone from " + number;
    };
  }

  private int number(Row row) {
    return numbers.computeIfAbsent(row.peer(), _ -> numbers.size() + 1);
  }

  private static String oneLine(String note) {
    return Bytes.utf8(note).toString();
  }
}
