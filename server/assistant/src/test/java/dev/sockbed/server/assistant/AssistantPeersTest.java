package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.common.testing.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the assistant does with its peers. */
@Tag("process")
final class AssistantPeersTest {
  private final Leftovers leftovers = Leftovers.lookNow();
  private final Assistant assistant = new Assistant(false);

  @AfterEach
  void closeAndLeaveNothing() {
    assistant.close();
    leftovers.assertNone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void udpListsWhoeverSendsAndMarksWhatWasCut(String host) throws AssistantException {
    assistant.open(SessionSetup.of(Mode.UDP, host, 0));
    String program =
        """
        import socket, sys
        s = socket.socket(socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET, socket.SOCK_DGRAM)
        s.connect((sys.argv[1], int(sys.argv[2])))
        s.send(b'x' * 128); s.send(b'y' * 129); s.send(b'')
        print('got', s.recv(1000).decode())
        """;
    try (Peer python = Peer.python(program, host, port())) {
      await().until(() -> rows(RowKind.RECEIVED).size() == 3);
      assertThat(rows(RowKind.RECEIVED)).extracting(Row::length).containsExactly(128, 128, 0);
      assertThat(rows(RowKind.RECEIVED)).extracting(Row::cut).containsExactly(false, true, false);
      assertThat(assistant.state().totals().cut()).isEqualTo(1);
      assistant.send(Target.of(1), Bytes.utf8("answer"));
      python.awaitOutput("got answer");
      assertThat(python.awaitExit()).isZero();
    }
  }

  @Test
  void aTcpMessageOf256BytesArrivesInTwoRowsOf128() throws AssistantException {
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    try (Peer python = Peer.python(client("s.sendall(b'a' * 256); s.recv(1)"), port())) {
      await()
          .untilAsserted(() ->
              assertThat(rows(RowKind.RECEIVED)).extracting(Row::length).containsExactly(128, 128));
      assistant.closePeers(Target.ALL, true);
      await().until(() -> assistant.state().peers().isEmpty());
      assertThat(python.awaitExit()).isNotZero();
      assertThat(python.errors()).contains("ConnectionResetError");
    }
    assertThat(notes(RowKind.DISCONNECTED)).containsExactly("reset");
  }

  @Test
  void rulesAnswerTheFirstThatFits() throws AssistantException {
    assistant.setRules(
        List.of(
            new ReplyPattern(
                ReplyPattern.When.EXACT, "ping\\n", ReplyPattern.Reply.BYTES, Bytes.utf8("pong")),
            new ReplyPattern(
                ReplyPattern.When.CONTAINS, "echo", ReplyPattern.Reply.ECHO, Bytes.NONE),
            new ReplyPattern(
                ReplyPattern.When.REGEX,
                "^[0-9]+$",
                ReplyPattern.Reply.BYTES,
                Bytes.utf8("number")),
            new ReplyPattern(
                ReplyPattern.When.ANY, "", ReplyPattern.Reply.PREFIX, Bytes.utf8("I got:"))));
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    String talk =
        """
        for m in (b'ping\\n', b'echo me', b'123', b'hello'):
            s.sendall(m); print(s.recv(1000))\
        """;
    try (Peer python = Peer.python(client(talk), port())) {
      assertThat(python.awaitExit()).isZero();
      assertThat(python.output().lines())
          .containsExactly("b'pong'", "b'echo me'", "b'number'", "b'I got:hello'");
    }
    await().until(() -> assistant.state().peers().isEmpty());
    assertThat(notes(RowKind.SENT)).containsOnly("automatic reply");
    assertThat(notes(RowKind.DISCONNECTED)).containsExactly("closed by the peer");
  }

  @Test
  void aRegexThatNeedsAgesForAStrangersTextHoldsNobodyUp() throws AssistantException {
    assistant.setRules(
        List.of(
            new ReplyPattern(
                ReplyPattern.When.REGEX, "(a+)+b", ReplyPattern.Reply.ECHO, Bytes.NONE),
            new ReplyPattern(
                ReplyPattern.When.ANY, "", ReplyPattern.Reply.BYTES, Bytes.utf8("went on"))));
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    try (Peer python = Peer.python(client("s.sendall(b'a' * 100); print(s.recv(100))"), port())) {
      python.awaitOutput("went on");
    }
  }

  @Test
  void aMessageIsRepeatedUntilThatIsStopped() throws AssistantException {
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    try (Peer ncat = Peer.start("ncat", "127.0.0.1", port())) {
      await().until(() -> assistant.state().peers().size() == 1);
      assistant.repeat(Target.ALL, Bytes.utf8("tick\n"), Duration.ofMillis(5));
      ncat.awaitOutput("tick\ntick\ntick\n");
      assertThat(assistant.state().repeat()).isNotNull();
      assistant.stopRepeating();
      assertThat(assistant.state().repeat()).isNull();
    }
  }

  @Test
  void aFileReachesAllPeersWhole(@TempDir Path folder) throws Exception {
    byte[] content = new byte[1_000_000];
    new java.util.Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("data.bin"), content);
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    String read =
        """
        import hashlib
        h = hashlib.sha256(); n = 0
        while data := s.recv(65536):
            h.update(data); n += len(data)
        print('read', n, h.hexdigest())\
        """;
    try (Peer one = Peer.python(client(read), port());
        Peer two = Peer.python(client(read), port())) {
      await().until(() -> assistant.state().peers().size() == 2);
      assistant.sendFile(Target.ALL, file);
      await().until(() -> notes(RowKind.FILE).size() == 2);
      assistant.closeSession();
      String hash =
          java.util.HexFormat.of()
              .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(content));
      one.awaitOutput("read 1000000 " + hash);
      two.awaitOutput("read 1000000 " + hash);
    }
    assertThat(notes(RowKind.FILE)).containsOnly("sent data.bin, 1000000 of 1000000 bytes");
    assertThat(assistant.state().file()).isNull();
  }

  /** As a board does that starts anew with the same random numbers. */
  @Test
  void aPeerThatConnectsAnewFromItsOldPortIsGoneBeforeItIsBack() throws Exception {
    assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
    InetAddress host = InetAddress.ofLiteral("127.0.0.1");
    int rounds = 300;
    int port = 0;
    for (int i = 0; i < rounds; i++) {
      try (Socket board = new Socket()) {
        board.setReuseAddress(true);
        board.bind(new InetSocketAddress(host, port));
        port = board.getLocalPort();
        board.connect(new InetSocketAddress(host, Integer.parseInt(port())));
        board.setSoLinger(true, 0); // The close is a reset, and the port is free at once.
      }
    }
    await().until(() -> rows(RowKind.DISCONNECTED).size() == rounds);
    List<RowKind> kinds = assistant.transcript().rows().stream().skip(1).map(Row::kind).toList();
    for (int i = 0; i < kinds.size(); i++) {
      assertThat(kinds.get(i))
          .as("row %d", i)
          .isEqualTo(i % 2 == 0 ? RowKind.CONNECTED : RowKind.DISCONNECTED);
    }
    assertThat(notes(RowKind.CONNECTED))
        .allMatch(note ->
            note.isEmpty() || note.matches("a new connection from the address of peer \\d+"));
  }

  private static String client(String body) {
    return "import socket, sys\ns = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
        + body;
  }

  private String port() {
    String local = String.valueOf(assistant.state().localAddress());
    return local.substring(local.lastIndexOf(':') + 1);
  }

  private List<Row> rows(RowKind kind) {
    return assistant.transcript().rows().stream().filter(row -> row.kind() == kind).toList();
  }

  private List<String> notes(RowKind kind) {
    return rows(kind).stream().map(Row::note).toList();
  }
}
