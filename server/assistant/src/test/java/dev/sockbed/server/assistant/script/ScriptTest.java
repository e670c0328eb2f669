package dev.sockbed.server.assistant.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.Row;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("process")
final class ScriptTest {
  /** What the lesson's board does, until the other side closes. */
  private static final String BOARD =
      """
      import socket, sys, time
      for attempt in range(200):
          try:
              s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
              break
          except ConnectionRefusedError:
              time.sleep(0.05)
      s.send(b'Hello 01Studio!')
      while text := s.recv(128):
          s.send(b'I got:' + text)
      """;

  private final List<String> problems = new ArrayList<>();
  private final StringWriter printed = new StringWriter();
  private List<Row> rows = List.of();

  @Test
  void theLessonRunsAsAScriptAndItsTranscriptAsAnother() throws Exception {
    int port = FreePort.at("127.0.0.1");
    List<String> lesson =
        """
        # the lesson, from the operator's side
        open tcp-server %d
        expect "Hello 01Studio!" within 10s
        send all "http://example.org"
        expect "I got:http://example.org"
        send all "aa" crlf   # a line end
        expect hex "0d0a" from 1
        expect peers 1
        close
        expect gone
        """
            .formatted(port)
            .lines()
            .toList();
    try (Peer board = Peer.python(BOARD, port)) {
      assertThat(run(lesson)).as("%s", problems).isEqualTo(ExitStatus.OK);
      assertThat(board.awaitExit()).isZero();
    }
    assertThat(printed.toString()).contains(" received 1 tcp://127.0.0.1:", "\"Hello 01Studio!\"");
    List<Row> seen = rows;
    for (TranscriptFormat format : TranscriptFormat.values()) {
      List<String> saved = TranscriptFile.write(seen, format).lines().toList();
      try (Peer board = Peer.python(BOARD, port)) {
        assertThat(run(saved)).as("%s %s", format, problems).isEqualTo(ExitStatus.OK);
        assertThat(board.awaitExit()).isZero();
      }
      try (Peer other = Peer.python(BOARD.replace("01Studio", "somebody"), port)) {
        assertThat(run(replayed(saved))).as("%s", format).isEqualTo(ExitStatus.BAD_ANSWER);
        assertThat(problems.getLast()).contains("Hello somebody!");
        assertThat(other.awaitExit()).isZero();
      }
    }
  }

  private static List<String> replayed(List<String> saved) throws ScriptSyntaxException {
    return Replay.script(TranscriptFile.read(saved)).stream()
        .map(line -> line.startsWith("expect hex") ? line + " within 1s" : line)
        .toList();
  }

  @Test
  void overUdpAnExpectationIsMetByOneDatagram() throws Exception {
    int port = FreePort.at("127.0.0.1");
    String sender =
        """
        import socket, sys, time
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', int(sys.argv[1])))
        s.settimeout(0.05)
        for attempt in range(300):
            try: s.send(b'one'); s.send(b'two')
            except ConnectionRefusedError: pass
            try: print(s.recv(100)); break
            except (ConnectionRefusedError, TimeoutError): time.sleep(0.05)
        """;
    try (Peer python = Peer.python(sender, port)) {
      String head = "open udp " + port + "\nexpect \"one\"\n";
      assertThat(run((head + "expect \"onetwo\" within 300ms").lines().toList()))
          .isEqualTo(ExitStatus.BAD_ANSWER);
      assertThat(run((head + "expect /^tw[o]$/\nsend 1 \"bye\"").lines().toList()))
          .as("%s", problems)
          .isEqualTo(ExitStatus.OK);
      python.awaitOutput("bye");
    }
  }

  @Test
  void aFaultAnywhereInAFileStopsItBeforeItBegins() throws Exception {
    assertThat(run(List.of("open tcp-server 0", "", "expect \"x\" within soon")))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(problems.getLast()).contains("script: line 3: not a duration: 'soon'");
    assertThat(printed.toString()).isEmpty();
  }

  @Test
  void whatTheNetworkRefusesIsTheNetworksFault() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run(List.of("open tcp-server " + other.getLocalPort())))
          .isEqualTo(ExitStatus.NETWORK);
    }
    assertThat(problems.getLast()).contains("line 1: listen tcp://127.0.0.1").contains("in use");
    assertThat(run(List.of("open tcp-server 0", "send all hello")))
        .isEqualTo(ExitStatus.BAD_ANSWER);
    assertThat(problems.getLast()).contains("line 2: nobody is connected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "open|tcp-server, tcp-client or udp is missing",
        "open tcp 1|not a mode: 'tcp'",
        "open udp 70000|port must be a number",
        "open tcp-server 1 limit 0|receive limit",
        "open tcp-client 127.0.0.1:0|port 0 is for listening",
        "open tcp-server 1 to 127.0.0.1:5|only udp",
        "send \"x|never closed",
        "sned all \"x\"|unknown command 'sned' (known are open",
        "send all \"a\\q\"|unknown escape \\q at position 2",
        "send hex \"4\"|'4' at position 1",
        "send all a b|'b' is too much",
        "send all a checksum|NAME after checksum is missing",
        "send all a checksum crc16|not a checksum: 'crc16' (sum, xor, crc16-modbus or crc32)",
        "send all a checksum sum crlf|'crlf' is too much",
        "expect|TEXT is missing",
        "expect \"\"|empty text",
        "expect /(/|the regular expression is wrong at '(': missing closing )",
        "reply never \"x\"|'never' is not any",
        "reply regex \"a)\" echo|the regular expression is wrong at 'a)': unexpected )",
        "repeat 0 \"x\"|not a duration",
        "pick someone|names no peers",
        "wait|DURATION is missing"
      })
  void aLineThatIsNoCommandSaysWhatIsWrong(String line, String told) {
    assertThatThrownBy(() -> CommandParser.parse(line))
        .isInstanceOf(ScriptSyntaxException.class)
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @EnumSource(TranscriptFormat.class)
  void aBrokenTranscriptIsToldByItsLine(TranscriptFormat format) {
    List<String> lines = new ArrayList<>(TranscriptFile.write(List.of(), format).lines().toList());
    lines.add("{broken");
    assertThatThrownBy(() -> TranscriptFile.read(lines)).hasMessageContaining("line 2: not a row");
  }

  private int run(List<String> lines) throws InterruptedException {
    try (Assistant assistant = new Assistant(false)) {
      int status = runner(assistant).run("script", lines);
      rows = assistant.transcript().rows();
      return status;
    }
  }

  private ScriptRunner runner(Assistant assistant) {
    return new ScriptRunner(assistant, new PrintWriter(printed), problems::add);
  }
}
