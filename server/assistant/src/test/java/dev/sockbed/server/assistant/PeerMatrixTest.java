package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.common.testing.Peer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mode with each of other people's programs at the other end, over IPv4 and IPv6. */
@Tag("process")
final class PeerMatrixTest {
  /** Between standard input and a socket, as ncat is: program, transport, role, host, port. */
  private static final String PYTHON =
      """
      import socket, sys, threading
      transport, role, host, port = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
      family = socket.AF_INET6 if ':' in host else socket.AF_INET
      s = socket.socket(family, socket.SOCK_STREAM if transport == 'tcp' else socket.SOCK_DGRAM)
      there = None
      if role == 'client':
          s.connect((host, port))
      else:
          s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
          s.bind((host, port))
          if transport == 'tcp': s.listen()
          print('Listening', file=sys.stderr)
          if transport == 'tcp': s = s.accept()[0]
      first = threading.Event()
      def send():
          first.wait()
          for line in sys.stdin:
              s.sendall(line.encode()) if there is None else s.sendto(line.encode(), there)
      threading.Thread(target=send, daemon=True).start()
      if role == 'client' or transport == 'tcp': first.set()
      while True:
          data, sender = s.recvfrom(1000)
          if role == 'server' and transport == 'udp': there = sender
          first.set()
          if not data and transport == 'tcp': break
          print(data.decode(), end='')
      """;

  private final Leftovers leftovers = Leftovers.lookNow();
  private final Assistant assistant = new Assistant(false);

  @AfterEach
  void closeAndLeaveNothing() {
    assistant.close();
    leftovers.assertNone();
  }

  static Stream<Arguments> everyPeer() {
    return Stream.of("ncat", "python")
        .flatMap(program ->
            Stream.of("127.0.0.1", "::1")
                .flatMap(host ->
                    Stream.of(
                        Arguments.of(Mode.TCP_SERVER, program, "client", host),
                        Arguments.of(Mode.TCP_CLIENT, program, "server", host),
                        Arguments.of(Mode.UDP, program, "client", host),
                        Arguments.of(Mode.UDP, program, "server", host))));
  }

  @ParameterizedTest(name = "{0} with {1} as {2} at {3}")
  @MethodSource("everyPeer")
  void bothWays(Mode mode, String program, String role, String host) throws Exception {
    boolean peerIsServer = role.equals("server");
    int port = peerIsServer ? FreePort.at(host) : open(mode, host, 0);
    try (Peer peer = start(mode.transport(), program, role, host, port)) {
      if (peerIsServer) {
        peer.awaitOutput("Listening");
        open(mode, host, port);
      } else {
        peer.type("from the peer\n");
        awaitReceived("from the peer\n");
      }
      assistant.send(Target.ALL, Bytes.utf8("from the assistant\n"));
      peer.awaitOutput("from the assistant\n");
      peer.type("and back\n");
      awaitReceived("and back\n");
      assertThat(assistant.state().peers()).hasSize(1);
      await().until(() -> assistant.state().peers().getFirst().messagesOut() == 1);
      assistant.closeSession();
      if (mode != Mode.UDP) {
        peer.endInput();
        assertThat(peer.awaitExit()).as(peer.errors()).isZero();
      }
    }
    assertThat(assistant.state().open()).isFalse();
  }

  /** Opens a session; over UDP with a port given, one that knows its peer. */
  private int open(Mode mode, String host, int port) throws AssistantException {
    if (mode == Mode.UDP && port != 0) {
      assistant.open(
          SessionSetup.of(mode, host, 0).withRemote(new Address(Transport.UDP, host, port)));
    } else {
      assistant.open(SessionSetup.of(mode, host, port));
    }
    return Address.parse(String.valueOf(assistant.state().localAddress())).port();
  }

  private static Peer start(
      Transport transport, String program, String role, String host, int port) {
    if (program.equals("python")) {
      return Peer.python(PYTHON, transport.scheme(), role, host, port);
    }
    Stream<String> options =
        Stream.of(
            "ncat",
            "-v",
            role.equals("server") ? "-l" : "",
            transport == Transport.UDP ? "-u" : "");
    return Peer.start(
        Stream.concat(options, Stream.of(host, String.valueOf(port)))
            .filter(word -> !word.isEmpty())
            .toArray(String[]::new));
  }

  private void awaitReceived(String text) {
    await().atMost(Peer.PATIENCE).untilAsserted(() -> assertThat(received()).contains(text));
  }

  private List<String> received() {
    return assistant.transcript().rows().stream()
        .filter(row -> row.kind() == RowKind.RECEIVED)
        .map(row -> row.bytes().decoded())
        .toList();
  }
}
