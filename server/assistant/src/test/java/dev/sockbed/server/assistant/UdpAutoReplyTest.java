package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A datagram's source may be forged, so rules don't answer those that could be no honest caller.
 */
@Tag("process")
final class UdpAutoReplyTest {
  private static final List<ReplyPattern> ECHO =
      List.of(new ReplyPattern(ReplyPattern.When.ANY, "", ReplyPattern.Reply.ECHO, Bytes.NONE));

  /** Sends a datagram from a port that a socket can't be bound to, made by hand. */
  private static final String FROM_ANY_PORT =
      """
      import socket, struct, sys
      source, target = int(sys.argv[1]), int(sys.argv[2])
      try:
          s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
      except PermissionError:
          print('not allowed'); sys.exit()
      s.sendto(struct.pack('!HHHH', source, target, 8 + 5, 0) + b'hello', ('127.0.0.1', 0))
      print('sent')
      """;

  private final Assistant assistant = new Assistant(true);

  @AfterEach
  void close() {
    assistant.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1023})
  void aSourcePortBelow1024IsListedButNotAnswered(int sourcePort) throws AssistantException {
    int port = openWithEcho("127.0.0.1");
    try (Peer python = Peer.python(FROM_ANY_PORT, sourcePort, port)) {
      assertThat(python.awaitExit()).as(python.errors()).isZero();
      Assumptions.assumeTrue(
          python.output().contains("sent"), "making datagrams by hand needs privilege");
    }
    await().until(() -> assistant.state().totals().withheld() == 1);
    assertThat(rows(RowKind.RECEIVED)).hasSize(1);
    assertThat(rows(RowKind.SENT)).isEmpty();
  }

  /** Which marks its replies, so that it is never answered by another echo server. */
  @Test
  void whatAnEchoServerRepliesIsShownToThePerson() throws Exception {
    try (EchoServer server =
        UdpEchoServer.open(
            new Address(Transport.UDP, "127.0.0.1", 0), UdpEchoServerConfig.DEFAULT)) {
      assistant.open(SessionSetup.of(Mode.UDP, "127.0.0.1", 0));
      assistant.addPeer(server.address());
      assistant.send(Target.ALL, Bytes.utf8("hello"));

      await().until(() -> rows(RowKind.RECEIVED).size() == 1);
    }
  }

  @Test
  void anHonestPortIsAnswered() throws AssistantException {
    int port = openWithEcho("127.0.0.1");
    String ask =
        """
        import socket, sys
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.sendto(b'hello', ('127.0.0.1', int(sys.argv[1]))); print('got', s.recv(100).decode())
        """;
    try (Peer python = Peer.python(ask, port)) {
      python.awaitOutput("got hello");
    }
    assertThat(assistant.state().totals().withheld()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void oneThatHearsItselfDoesNotAnswer(String host) throws AssistantException {
    int port = openWithEcho(host);
    assistant.addPeer(new Address(Transport.UDP, "127.0.0.1", port));
    assistant.send(Target.ALL, Bytes.utf8("loop"));
    await().until(() -> assistant.state().totals().withheld() == 1);
    assertThat(rows(RowKind.RECEIVED)).hasSize(1);
    assertThat(rows(RowKind.SENT)).hasSize(1);
  }

  /** The system does not let such datagrams in, so they are handed over as if it did. */
  @ParameterizedTest
  @CsvSource({
    "224.0.0.1, 5000",
    "ff02::1, 5000",
    "255.255.255.255, 5000",
    "0.0.0.0, 5000",
    "127.0.0.1, 0",
    "127.0.0.1, 1023"
  })
  void noSingleMachineIsNotAnswered(String host, int sourcePort) throws Exception {
    Journal journal = new Journal(new Transcript(Clock.systemUTC()));
    AutoReply rules = new AutoReply();
    rules.set(ECHO);
    UdpSession session =
        UdpSession.open(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            UdpConfig.DEFAULT,
            journal,
            rules);
    try {
      UdpPeer peer = session.peerAt(new InetSocketAddress(InetAddress.ofLiteral(host), sourcePort));
      peer.answer(ByteBuffer.wrap(new byte[5]));
      assertThat(journal.totals().withheld()).isEqualTo(1);
      assertThat(peer.snapshot().messagesOut()).isZero();
    } finally {
      session.close();
    }
  }

  @Test
  void aMessageThatCannotBeSentCostsNoneBehindIt() throws Exception {
    Journal journal = new Journal(new Transcript(Clock.systemUTC()));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    UdpSession session =
        UdpSession.open(List.of(anyPort), UdpConfig.DEFAULT, journal, new AutoReply());
    try (UdpSocket reader = UdpSocket.open(AddressFamily.INET, UdpConfig.DEFAULT)) {
      reader.bind(anyPort);
      UdpPeer other = session.peerAt(new InetSocketAddress(InetAddress.ofLiteral("::1"), 9));
      UdpPeer near = session.peerAt(reader.localAddress());
      for (UdpPeer peer : List.of(other, near, other, near)) {
        assertThat(peer.offer(new Outgoing.Message(Bytes.utf8("hello"), Outgoing.By.REQUEST)))
            .isTrue();
      }
      ByteBuffer buffer = ByteBuffer.allocateDirect(128);
      for (int i = 0; i < 2; i++) {
        assertThat(reader.receiveFrom(buffer.clear(), 128)).isEqualTo(5);
      }
      journal.deliveries().await(0, 0);
      assertThat(journal.totals().sends()).isEqualTo(2);
      assertThat(journal.totals().unsent()).isEqualTo(2);
    } finally {
      session.close();
    }
  }

  /** An expression that takes time in the cube of the commas if all ways are tried one by one. */
  @Test
  void aPeerWithCostlyTextsKeepsNobodyFromAnAnswer() throws AssistantException {
    assistant.setRules(
        List.of(
            new ReplyPattern(
                ReplyPattern.When.REGEX, ".*,.*,.*,.*;", ReplyPattern.Reply.ECHO, Bytes.NONE),
            new ReplyPattern(
                ReplyPattern.When.EXACT, "hello", ReplyPattern.Reply.ECHO, Bytes.NONE)));
    assistant.open(SessionSetup.of(Mode.UDP, "127.0.0.1", 0));
    String ask =
        """
        import socket, sys, threading, time
        to = ('127.0.0.1', int(sys.argv[1])); going = True
        def costly():
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            while going: s.sendto(b',' * 120, to); time.sleep(0.005)
        thread = threading.Thread(target=costly); thread.start()
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(5); answered = 0
        for i in range(20):
            s.sendto(b'hello', to)
            try: answered += s.recv(100) == b'hello'
            except TimeoutError: break
        going = False; thread.join(); print('answered', answered, flush=True)
        """;
    try (Peer python = Peer.python(ask, port())) {
      assertThat(python.awaitNumber("answered")).isEqualTo(20);
    }
  }

  @Test
  void aPeerWhoseTextsTakeTooManyStepsIsNotLookedAtForAWhile() throws Exception {
    Journal journal = new Journal(new Transcript(Clock.systemUTC()));
    AutoReply rules = new AutoReply();
    rules.set(
        java.util.Collections.nCopies(
            100,
            new ReplyPattern(ReplyPattern.When.REGEX, "^x", ReplyPattern.Reply.ECHO, Bytes.NONE)));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    UdpSession session = UdpSession.open(List.of(anyPort), UdpConfig.DEFAULT, journal, rules);
    try {
      UdpPeer costly = session.peerAt(new InetSocketAddress(anyPort.getAddress(), 5000));
      UdpPeer honest = session.peerAt(new InetSocketAddress(anyPort.getAddress(), 5001));
      for (int i = 0; i < 10; i++) {
        costly.answer(ByteBuffer.wrap(new byte[65_507]));
      }
      // How many depends on the time that it took, but they cannot all have been looked at.
      long withheld = journal.totals().withheld();
      assertThat(withheld).isPositive();
      honest.answer(ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8)));
      assertThat(journal.totals().withheld()).isEqualTo(withheld);
    } finally {
      session.close();
    }
  }

  private int port() {
    return Address.parse(String.valueOf(assistant.state().localAddress())).port();
  }

  private int openWithEcho(String host) throws AssistantException {
    assistant.setRules(ECHO);
    assistant.open(SessionSetup.of(Mode.UDP, host, 0));
    return port();
  }

  private List<Row> rows(RowKind kind) {
    return assistant.transcript().rows().stream().filter(row -> row.kind() == kind).toList();
  }
}
