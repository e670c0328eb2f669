package dev.sockbed.server.assistant.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.RowKind;
import dev.sockbed.server.assistant.Target;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as long as they may be are read; how long they are costs time, and no stack. */
@Tag("unit")
final class LongTextsTest {
  private static final int MOST_BYTES_A_ROW = 64 << 10;

  @ParameterizedTest
  @EnumSource(TranscriptFormat.class)
  void aSavedTranscriptWithTheLongestMessagesIsReadAgain(TranscriptFormat format)
      throws ScriptSyntaxException {
    Bytes letters = Bytes.utf8("a\"\\ ".repeat(MOST_BYTES_A_ROW / 4));
    Bytes octets = Bytes.of(new byte[MOST_BYTES_A_ROW]);
    List<Row> rows =
        List.of(row(1, RowKind.RECEIVED, letters, "a note"), row(2, RowKind.SENT, octets, ""));
    List<Row> read = TranscriptFile.read(TranscriptFile.write(rows, format).lines().toList());
    assertThat(read).isEqualTo(rows);
    assertThat(CommandParser.parseAll(Replay.script(read))).hasSize(2);
  }

  private static Row row(long number, RowKind kind, Bytes bytes, String note) {
    Instant time = Instant.parse("2026-01-31T12:00:00.123Z");
    String address = "tcp://127.0.0.1:50714";
    return new Row(number, time, kind, 1, address, bytes.length(), bytes, false, note);
  }

  @Test
  void aListOfTwentyThousandPeersIsRead() throws Exception {
    String list =
        IntStream.rangeClosed(1, 20_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    assertThat(Target.parse(list).numbers()).hasSize(20_000);
    assertThat(CommandParser.parse("send " + list + " x"))
        .isEqualTo(new Command.Send(Target.parse(list), Bytes.utf8("x")));
    assertThatThrownBy(() -> Target.parse(list + ",")).hasMessageContaining("names no peers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00.123Z received 1 tcp://127.0.0.1:1 3 \"abc",
        "2026-01-31T12:00:00.123Z received 1 tcp://127.0.0.1:1 3 \"abc\\\"",
        "2026-01-31T12:00:00.123Z received 1 tcp://127.0.0.1:1 3 \"abc\"x",
        "2026-01-31T12:00:00.123Z received 1 tcp://127.0.0.1:1 3x"
      })
  void aRowWhoseBytesDoNotEndIsNone(String row) {
    List<String> lines =
        List.of(TranscriptFile.write(List.of(), TranscriptFormat.TEXT).strip(), row);
    assertThatThrownBy(() -> TranscriptFile.read(lines)).hasMessageContaining("line 2: not a row");
  }
}
