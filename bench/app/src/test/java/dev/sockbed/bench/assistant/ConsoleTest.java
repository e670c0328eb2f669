package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.common.testing.Peer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console in a terminal, which a Python program is the other end of. */
@Tag("process")
final class ConsoleTest {
  /** Runs a command in a pseudo-terminal; passes its output on, and standard input to it. */
  private static final String TERMINAL =
      """
      import fcntl, os, pty, select, struct, sys, termios
      pid, terminal = pty.fork()
      if pid == 0:
          os.environ['TERM'] = 'xterm'
          os.execv(sys.argv[1], sys.argv[1:])
      fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 30, 120, 0, 0))
      open_ends = [terminal, 0]
      while True:
          ready, _, _ = select.select(open_ends, [], [])
          for end in ready:
              try:
                  data = os.read(end, 4096)
              except OSError:
                  data = b''
              if not data and end == terminal:
                  sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
              if not data:
                  open_ends.remove(0)
              elif end == terminal:
                  os.write(1, data)
              else:
                  os.write(terminal, data)
      """;

  @Test
  void theWholeLessonInATerminal() {
    try (Peer console = start("assistant", "--console")) {
      console.awaitOutput("assistant> ");
      console.type("open tcp-server 0\r");
      console.awaitOutput("opened tcp://127.0.0.1:");
      String port = portOf("tcp", console);
      try (Peer board =
          SockbedProcess.start("device", "tcp://127.0.0.1:" + port, "--pause", "1ms")) {
        console.awaitOutput("\"Hello 01Studio!\"");
        console.type("pick 1\r");
        console.awaitOutput("picked 1");
        // Completion: "se" and Tab is ambiguous with "search", "sen" is not.
        console.type("sen\t\"http://example.org\"\r");
        console.awaitOutput("\"I got:http://example.org\"");
        // The control character is shown, not obeyed.
        console.type("send \"a\\x1b[2Jb\"\r");
        console.awaitOutput("\"I got:a\\e[2Jb\"");
        console.type("nonsense\r");
        console.awaitOutput("error: unknown command 'nonsense'");
        console.type("send hex 4\r");
        console.awaitOutput("'4' at position 1");
        console.type("status\r");
        console.awaitOutput("peers 1 | in ");
        console.type("close\r");
        assertThat(board.awaitExit()).as(board.errors()).isZero();
      }
      console.awaitOutput("closed tcp://127.0.0.1:" + port);
      console.type("quit\r");
      assertThat(console.awaitExit()).isZero();
    }
  }

  @Test
  void theLessonOverUdpInATerminal() {
    try (Peer console = start("assistant", "--console")) {
      console.awaitOutput("assistant> ");
      // The last line says how it stands, before and after.
      console.awaitOutput("nothing is open | peers 0");
      console.type("open udp 0\r");
      console.awaitOutput("opened udp://127.0.0.1:");
      String port = portOf("udp", console);
      try (Peer board =
          SockbedProcess.start(
              "device", "udp://127.0.0.1:" + port, "--pause", "1ms", "--count", "2")) {
        console.awaitOutput("\"Hello 01Studio!\"");
        // Only what has changed in that line is written anew.
        console.awaitOutput("15 B / 1 |");
        console.type("send all \"http://example.org\"\r");
        console.awaitOutput("\"I got:http://example.org\"");
        // What was typed before comes back with an arrow key, and can be sent again.
        console.type("\33OA");
        console.type("\r");
        assertThat(board.awaitExit()).as(board.errors()).isZero();
        await().until(() -> console.output().split("\"I got:http://example.org\"", -1).length == 3);
      }
      console.type("status\r");
      console.awaitOutput("peers 1 | in 63 B / 3 | out 36 B / 2 | cut 0 | send to: all");
      console.type("close\r");
      console.awaitOutput("closed udp://127.0.0.1:" + port);
      console.type("quit\r");
      assertThat(console.awaitExit()).isZero();
    }
  }

  /**
   * A terminal that is asked something answers into the same stream as the keys, so it is asked
   * nothing: what is typed before the console listens is not taken for an answer.
   */
  @Test
  void commandsTypedBeforeTheConsoleListensAreDone() {
    try (Peer console = start("assistant", "--console")) {
      console.type("open udp 0\rpeer 127.0.0.1:9\rstatus\rquit\r");
      assertThat(console.awaitExit()).isZero();
      assertThat(console.output())
          .contains("opened udp://127.0.0.1:", "peers 1 | in 0 B")
          .doesNotContain("error: ")
          .doesNotContain("\33[c", "\33[6n", "\33[?u", "$p");
    }
  }

  @Test
  void aTerminalThatUnderstandsNoEscapesIsSentNone() {
    String dumb = TERMINAL.replace("= 'xterm'", "= 'dumb'");
    try (Peer console =
        Peer.python(dumb, (Object[]) SockbedProcess.command("assistant", "--console"))) {
      console.awaitOutput("assistant> ");
      console.type("open udp 0 to 127.0.0.1:9\rsend all \"a\\x1b[2Jb\"\rstatus\rnonsense\rquit\r");
      assertThat(console.awaitExit()).isZero();
      assertThat(console.output()).contains("\"a\\e[2Jb\"", "peers 1 | ").doesNotContain("\33");
    }
  }

  @Test
  void tabCompletesCommandsModesAndPeers() {
    try (Peer console = start("assistant", "--console")) {
      console.awaitOutput("assistant> ");
      console.type("op\ttcp-s\t0\r");
      console.awaitOutput("opened tcp://127.0.0.1:");
      String port = portOf("tcp", console);
      try (Peer _ = Peer.start("ncat", "127.0.0.1", port)) {
        console.awaitOutput("1 -- connected tcp://127.0.0.1:");
        console.type("clo\t1 re\t\r");
        console.awaitOutput("1 -- disconnected tcp://127.0.0.1:");
      }
      console.type("file all /no/such/file\r");
      console.awaitOutput("error: /no/such/file: there is no such file");
      console.type("send all x\r");
      console.awaitOutput("error: nobody is connected");
      console.type("save /no/such/folder/saved.txt\r");
      console.awaitOutput("there is no such folder");
      console.type("quit\r");
      assertThat(console.awaitExit()).isZero();
    }
  }

  @Test
  void aScriptOnStandardInputEndsWithItsStatus() {
    try (Peer script = SockbedProcess.start("assistant", "--script", "-")) {
      script.type("open udp 0\nexpect \"x\" within 50ms\n");
      script.endInput();
      assertThat(script.awaitExit()).isEqualTo(1);
      assertThat(script.errors().strip())
          .startsWith("sockbed assistant: standard input: line 2: expected \"x\" within 50 ms");
      assertThat(script.errors().lines()).hasSize(1);
    }
  }

  private static String portOf(String transport, Peer console) {
    return console
        .output()
        .replaceAll("(?s).*opened " + transport + "://127\\.0\\.0\\.1:(\\d+).*", "$1");
  }

  private static Peer start(Object... arguments) {
    return Peer.python(TERMINAL, (Object[]) SockbedProcess.command(arguments));
  }
}
