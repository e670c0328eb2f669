package dev.sockbed.bench.fuzz;

import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.TimelineText;
import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.common.Address;
import dev.sockbed.common.Durations;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.HexText;
import dev.sockbed.server.assistant.RegularExpression;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.RowKind;
import dev.sockbed.server.assistant.Target;
import dev.sockbed.server.assistant.TypedText;
import dev.sockbed.server.assistant.script.CommandParser;
import dev.sockbed.server.assistant.script.Replay;
import dev.sockbed.server.assistant.script.ScriptSyntaxException;
import dev.sockbed.server.assistant.script.TranscriptFile;
import dev.sockbed.server.assistant.script.TranscriptFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** What reads texts that may come from anywhere, each with some that are right. */
public enum Parser {
  ADDRESS("tcp://127.0.0.1:10000", "udp://[fe80::1%eth0]:9", "localhost:7") {
    @Override
    void read(String text) throws Exception {
      Address address = orRefused(() -> Address.parse(text));
      if (address != null && !Address.parse(address.toString()).equals(address)) {
        throw new IllegalStateException(address + " is read as something else");
      }
    }
  },

  DURATION("300ms", "1.5s", "2m") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> Durations.parse(text));
    }
  },

  LINK("loss=1%,delay=10ms,jitter=2ms,up-rate=1Mbit/s,queue=64", "lte", "perfect") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> LinkText.parse(text));
    }
  },

  TIMELINE("0s loss=1% delay=20ms\n10s outage # a tunnel\n13s connected\n") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> TimelineText.parse(LinkSpec.PERFECT, text.lines().toList()));
    }
  },

  HEX("48 65 6c 6c 6f", "0x01,0x02", "deadbeef") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> HexText.parse(text));
    }
  },

  TYPED("a\\n\\x00\\\\", "\u00e9 \ud83d\ude00") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> TypedText.parse(text));
    }
  },

  TARGET("all", "1,2,3") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> Target.parse(text));
    }
  },

  REGULAR_EXPRESSION("(a|b)*c", "^[0-9]{1,3}$") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> RegularExpression.of(text));
    }
  },

  SCRIPT(
      "open tcp-client 127.0.0.1:7\nsend all \"a\\\"b\" crlf\nexpect /x+/ from 1 within 3s\n",
      "reply contains a prefix b\nrepeat 10ms 1,2 hex 00 ff\nwait 1s # a while\nsave f json\n") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> CommandParser.parseAll(text.lines().toList()));
    }
  },

  TRANSCRIPT(transcript(TranscriptFormat.TEXT), transcript(TranscriptFormat.JSON)) {
    @Override
    void read(String text) throws Exception {
      List<String> lines = text.lines().toList();
      if (TranscriptFile.isTranscript(lines)) {
        orRefused(() -> Replay.script(TranscriptFile.read(lines)));
      }
    }
  },

  HISTOGRAM(Histograms.encode(Histograms.empty())) {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> Histograms.decode(text));
    }
  },

  RESULTS("{\"schema\":\"sockbed/compare/1\",\"tool\":{},\"environment\":{},\"cells\":[{}]}") {
    @Override
    void read(String text) throws Exception {
      orRefused(() -> ResultsFile.read(Files.writeString(FILE, text)));
    }
  };

  private static final Path FILE = temporaryFile();

  @SuppressWarnings("ImmutableEnumChecker") // It is one of List.of's.
  private final List<String> right;

  Parser(String... right) {
    this.right = List.of(right);
  }

  /** Texts that it takes, or nearly. */
  public List<String> right() {
    return right;
  }

  /**
   * Reads it.
   *
   * @throws Exception what it throws that it did not promise
   */
  public void read(byte[] octets) throws Exception {
    read(new String(octets, StandardCharsets.UTF_8));
  }

  abstract void read(String text) throws Exception;

  /** Null if it was refused in the way that it promised. */
  private static <T> T orRefused(Callable<T> reading) throws Exception {
    try {
      return reading.call();
    } catch (IllegalArgumentException
        | AssistantException
        | ScriptSyntaxException
        | BrokenResultsException refused) {
      if (String.valueOf(refused.getMessage()).isBlank()) {
        throw new IllegalStateException("refused without a word", refused);
      }
      return null;
    }
  }

  private static String transcript(TranscriptFormat format) {
    Bytes bytes = Bytes.utf8("a\"\n");
    Instant time = Instant.parse("2026-01-31T12:00:00.123Z");
    String address = "tcp://127.0.0.1:7";
    List<Row> rows =
        List.of(
            new Row(1, time, RowKind.RECEIVED, 1, address, 3, bytes, false, "a note"),
            new Row(2, time, RowKind.SENT, 1, address, 3, bytes, false, ""));
    return TranscriptFile.write(rows, format);
  }

  private static Path temporaryFile() {
    try {
      Path file = Files.createTempFile("sockbed-parser", ".json");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
