package dev.sockbed.server.assistant.script;

import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.RowKind;
import dev.sockbed.server.assistant.TypedText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Transcripts as text and as JSON lines; either can be read again. */
public final class TranscriptFile {
  /** What a JSON transcript says first. */
  public static final String SCHEMA = "sockbed/transcript/1";

  private static final String TEXT_HEAD = "# sockbed transcript 1: time kind peer address length";
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final Pattern TEXT_ROW_BEGIN =
      Pattern.compile("(\\S+) ([a-z]+) (\\d{1,9}) (\\S+) (\\d{1,9})( cut)?(?= |$)");

  private TranscriptFile() {}

  /** Writes rows, each on a line, and a head that says what it is. */
  public static String write(List<Row> rows, TranscriptFormat format) {
    StringBuilder out = new StringBuilder();
    switch (format) {
      case TEXT -> {
        out.append(TEXT_HEAD).append('\n');
        rows.forEach(row -> out.append(text(row)).append('\n'));
      }
      case JSON -> {
        ObjectNode head = JSON.createObjectNode();
        head.put("schema", SCHEMA).put("rows", rows.size());
        out.append(head).append('\n');
        rows.forEach(row -> out.append(json(row)).append('\n'));
      }
    }
    return out.toString();
  }

  /** Whether these are the lines of a transcript, in either format, and not a script. */
  public static boolean isTranscript(List<String> lines) {
    return !lines.isEmpty()
        && (lines.getFirst().startsWith(TEXT_HEAD) || lines.getFirst().startsWith("{"));
  }

  /**
   * Reads a transcript's lines.
   *
   * @throws ScriptSyntaxException naming the first line that is none
   */
  public static List<Row> read(List<String> lines) throws ScriptSyntaxException {
    List<Row> rows = new ArrayList<>();
    boolean isJson = lines.getFirst().startsWith("{");
    if (isJson && !lines.getFirst().contains('"' + SCHEMA + '"')) {
      throw new ScriptSyntaxException("line 1: not a transcript of schema " + SCHEMA);
    }
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      try {
        rows.add(isJson ? fromJson(line, i) : fromText(line, i));
      } catch (IllegalArgumentException
          | DateTimeException
          | JacksonException
          | AssistantException e) {
        throw new ScriptSyntaxException("not a row of a transcript: " + e.getMessage())
            .atLine(i + 1);
      }
    }
    return rows;
  }

  /** One row as the page and JSON transcripts have it. */
  public static ObjectNode json(Row row) {
    return json(row, Integer.MAX_VALUE);
  }

  /**
   * One row, with no more than so many of its bytes.
   *
   * @param mostBytes how many bytes at most; {@code length} still says how many there were
   */
  public static ObjectNode json(Row row, int mostBytes) {
    Bytes bytes = row.bytes().first(mostBytes);
    return JSON.createObjectNode()
        .put("number", row.number())
        .put("time", TIME.format(row.time()))
        .put("kind", row.kind().label())
        .put("peer", row.peer())
        .put("address", row.address())
        .put("length", row.length())
        .put("cut", row.cut())
        .put("note", row.note())
        .put("text", bytes.toString())
        .put("hex", bytes.hex());
  }

  /** One row as a line for people. */
  public static String text(Row row) {
    StringBuilder out = new StringBuilder();
    out.append(TIME.format(row.time())).append(' ').append(row.kind().label());
    out.append(' ').append(row.peer());
    out.append(' ').append(row.address().isEmpty() ? "-" : row.address());
    out.append(' ').append(row.length());
    if (row.cut()) {
      out.append(" cut");
    }
    if (row.kind() == RowKind.RECEIVED || row.kind() == RowKind.SENT) {
      out.append(" \"").append(row.bytes()).append('"');
    }
    if (!row.note().isEmpty()) {
      out.append(' ').append(Bytes.utf8(row.note()));
    }
    return out.toString();
  }

  private static Row fromJson(String line, int number) {
    JsonNode node = JSON.readTree(line);
    return new Row(
        number,
        Instant.parse(node.path("time").asString("")),
        RowKind.parse(node.path("kind").asString("")),
        node.path("peer").asInt(0),
        node.path("address").asString(""),
        node.path("length").asInt(0),
        Bytes.of(HexFormat.of().parseHex(node.path("hex").asString(""))),
        node.path("cut").asBoolean(false),
        node.path("note").asString(""));
  }

  private static Row fromText(String line, int number) throws AssistantException {
    Matcher matcher = TEXT_ROW_BEGIN.matcher(line);
    if (!matcher.lookingAt()) {
      throw new IllegalArgumentException("expected " + TEXT_HEAD.substring(2));
    }
    int at = matcher.end();
    Bytes bytes = Bytes.NONE;
    if (line.startsWith(" \"", at)) {
      int close = closingQuote(line, at + 2);
      bytes = TypedText.parse(line.substring(at + 2, close));
      at = close + 1;
    }
    if (at < line.length() && line.charAt(at) != ' ') {
      throw new IllegalArgumentException("a space is missing after the bytes");
    }
    return new Row(
        number,
        Instant.parse(matcher.group(1)),
        RowKind.parse(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        matcher.group(4),
        Integer.parseInt(matcher.group(5)),
        bytes,
        matcher.group(6) != null,
        at < line.length() ? line.substring(at + 1) : "");
  }

  private static int closingQuote(String line, int from) {
    for (int at = from; at < line.length(); at++) {
      if (line.charAt(at) == '\\') {
        at++;
      } else if (line.charAt(at) == '"') {
        return at;
      }
    }
    throw new IllegalArgumentException("the bytes' closing quote is missing");
  }
}
