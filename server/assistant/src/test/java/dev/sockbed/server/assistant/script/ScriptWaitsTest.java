package dev.sockbed.server.assistant.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.Row;
import dev.sockbed.server.assistant.RowKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script waits for what it began, and does not end well if some of it was not done. */
@Tag("process")
final class ScriptWaitsTest {
  /** Reads slowly to the end, so that what is sent has to wait. */
  private static final String SLOW_READER =
      """
      import socket, sys, time
      for attempt in range(400):
          try:
              s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
              s.connect(('127.0.0.1', int(sys.argv[1]))); break
          except ConnectionRefusedError: time.sleep(0.05)
      time.sleep(0.3); n = 0
      while data := s.recv(65536): n += len(data)
      print('read', n, flush=True)
      """;

  @TempDir private Path folder;
  private final List<String> problems = new ArrayList<>();
  private List<Row> rows = List.of();

  @ParameterizedTest
  @ValueSource(
      strings = {"close", "close all", "# the end", "save %1$s/saved\nclose", "file all %1$s/more"})
  void aFileReachesAPeerThatReadsSlowlyWhateverComesNext(String next) throws Exception {
    int port = FreePort.at("127.0.0.1");
    Path file = Files.write(folder.resolve("data"), new byte[5_000_000]);
    Files.write(folder.resolve("more"), new byte[1_000_000]);
    String script =
        "open tcp-server %d%nexpect peers 1 within 30s%nfile all %s%n%s"
            .formatted(port, file, next.formatted(folder));
    try (Peer python = Peer.python(SLOW_READER, port)) {
      assertThat(run(script)).as("%s", problems).isEqualTo(ExitStatus.OK);
      int more = next.contains("more") ? 1_000_000 : 0;
      assertThat(python.awaitNumber("read")).isEqualTo(5_000_000 + more);
    }
  }

  @Test
  void moreMessagesThanFitTheQueueReachAPeerThatReadsSlowly() throws Exception {
    int port = FreePort.at("127.0.0.1");
    StringBuilder script =
        new StringBuilder("open tcp-server " + port + "\nexpect peers 1 within 30s");
    String message = "m".repeat(1000);
    for (int i = 0; i < 6000; i++) {
      script.append("\nsend all ").append(message);
    }
    try (Peer python = Peer.python(SLOW_READER, port)) {
      assertThat(run(script.append("\nclose").toString())).as("%s", problems).isZero();
      assertThat(python.awaitNumber("read")).isEqualTo(6_000_000);
    }
  }

  @Test
  void aUdpFileIsSentToItsEndThoughThatTakesLongerThanAGoodbye() throws Exception {
    int port = FreePort.at("127.0.0.1");
    Path file = Files.write(folder.resolve("data"), new byte[12_000_000]);
    String script =
        "open udp 0 to 127.0.0.1:%d%nfile all %s%nsend all \"end\"%nclose".formatted(port, file);
    String reader =
        """
        import socket, sys
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', int(sys.argv[1])))
        print('ready', flush=True)
        while s.recv(2000) != b'end': pass
        print('ended')
        """;
    try (Peer python = Peer.python(reader, port)) {
      python.awaitOutput("ready");
      assertThat(run(script)).as("%s", problems).isEqualTo(ExitStatus.OK);
      python.awaitOutput("ended");
    }
    assertThat(notes(RowKind.FILE)).containsExactly("sent data, 12000000 of 12000000 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# the end",
        "close",
        "expect \"answer\" within 300ms",
        "send all x",
        "wait 1s\nclear"
      })
  void aBroadcastThatTheSystemForbidsIsNotToldAsSentAndFailsTheScript(String next)
      throws Exception {
    String script = "open udp 0 to 255.255.255.255:9\nsend all \"hello\"\n" + next;
    assertThat(run(script)).isEqualTo(ExitStatus.NETWORK);
    assertThat(problems).hasSize(1);
    assertThat(problems.getLast()).contains("not sent to peer 1: ", "255.255.255.255:9");
    assertThat(notes(RowKind.SENT)).isEmpty();
    assertThat(notes(RowKind.ERROR).getFirst())
        .startsWith("not sent: sendto udp://255.255.255.255");
  }

  @Test
  void aPeerThatTheSocketCannotReachIsRefusedWhenItIsNamed() throws Exception {
    for (String script :
        List.of("open udp 127.0.0.1:0\npeer [::1]:9", "open udp 127.0.0.1:0 to [::1]:9")) {
      assertThat(run(script)).isEqualTo(ExitStatus.NETWORK);
      assertThat(problems.getLast())
          .contains(" to udp://[::1]:9: the address is of another family")
          .contains("(EAFNOSUPPORT)");
    }
  }

  @Test
  void aPeerThatResetsWhileAFileIsSentFailsTheScript() throws Exception {
    int port = FreePort.at("127.0.0.1");
    Path file = Files.write(folder.resolve("data"), new byte[20_000_000]);
    String resets =
        SLOW_READER.replace(
            "time.sleep(0.3); n = 0",
            "time.sleep(0.3); s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,"
                + " bytes([1,0,0,0,0,0,0,0])); s.close(); sys.exit()");
    try (Peer python = Peer.python(resets, port)) {
      assertThat(
              run(
                  "open tcp-server %d%nexpect peers 1 within 30s%nfile all %s"
                      .formatted(port, file)))
          .isEqualTo(ExitStatus.NETWORK);
      assertThat(problems.getLast()).contains("not sent to peer 1");
      assertThat(python.awaitExit()).isZero();
    }
  }

  private int run(String script) throws InterruptedException {
    try (Assistant assistant = new Assistant(true)) {
      int status =
          new ScriptRunner(assistant, new PrintWriter(new StringWriter()), problems::add)
              .run("script", script.lines().toList());
      rows = assistant.transcript().rows();
      return status;
    }
  }

  private List<String> notes(RowKind kind) {
    return rows.stream().filter(row -> row.kind() == kind).map(Row::note).toList();
  }
}
