package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.client.testing.TcpTestServer;
import dev.sockbed.client.testing.TcpTestServer.Conversation;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a process of its own can show: real pipes, signals, a terminal. */
@Timeout(60)
@Tag("process")
class TalkProcessTest {
  private static final String ON_A_TERMINAL =
      """
      import os, pty, sys
      sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
      """;

  @Test
  void bytesPassThroughPipes() {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO);
        Peer talk = Peer.start(talkTo(server))) {
      talk.type(bytes);
      talk.endInput();
      assertThat(talk.awaitExit()).as(talk.errors()).isZero();
      assertThat(talk.outputBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void aReaderThatHasEnoughEndsTheTalkQuietly() {
    Conversation talksForEver =
        peer -> {
          while (true) {
            peer.getOutputStream().write("line\n".getBytes(StandardCharsets.US_ASCII));
          }
        };
    String script = "\"$@\" | head -n 1; echo \"status ${PIPESTATUS[0]}\"";
    try (TcpTestServer server = TcpTestServer.open(talksForEver);
        Peer shell = Peer.start(with(talkTo(server), "bash", "-c", script, "bash"))) {
      assertThat(shell.awaitExit()).isZero();
      assertThat(shell.output()).isEqualTo("line\nstatus 0\n");
      assertThat(shell.errors().lines()).singleElement().asString().startsWith("talking tcp ");
    }
  }

  @Test
  void interruptingEndsTheTalkWithStatus130() throws Exception {
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO);
        Peer talk = Peer.startInterruptible(talkTo(server))) {
      talk.type("hello\n");
      talk.awaitOutput("hello\n");
      talk.signal("INT");
      assertThat(talk.awaitExit()).isEqualTo(130);
    }
  }

  @Test
  void onATerminalLinesAreTypedAndArrivalsAreMadeHarmless() {
    Conversation greets =
        peer -> {
          peer.getOutputStream().write("\u001b[2J".getBytes(StandardCharsets.US_ASCII));
          TcpTestServer.ECHO.hold(peer);
        };
    try (TcpTestServer server = TcpTestServer.open(greets);
        Peer talk = python(ON_A_TERMINAL, talkTo(server))) {
      talk.awaitOutput("(Ctrl-D ends)");
      talk.awaitOutput("\\x1b[2J");
      talk.type("typed\n");
      // Once as the terminal's own echo of what is typed, once as the server's.
      await().atMost(Peer.PATIENCE).until(() -> talk.output().split("typed", -1).length == 3);
      talk.type("\u0004");
      assertThat(talk.awaitExit()).as(talk.output()).isZero();
      assertThat(talk.output()).doesNotContain("\u001b");
    }
  }

  private static String[] talkTo(TcpTestServer server) {
    return JavaCommand.of(List.of(), TalkMain.class, "talk", server.address());
  }

  private static Peer python(String program, String... arguments) {
    return Peer.python(program, (Object[]) arguments);
  }

  private static String[] with(String[] arguments, String... command) {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.addAll(List.of(arguments));
    return whole.toArray(String[]::new);
  }
}
