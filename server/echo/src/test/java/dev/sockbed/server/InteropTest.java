package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.common.testing.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other people's programs as callers of both servers, over IPv4 and IPv6. */
@Tag("process")
class InteropTest {
  /** Sends an empty message last: nothing over TCP, a datagram over UDP. */
  private static final String PYTHON_CALLER =
      """
      import socket, sys
      kind = {"TCP": socket.SOCK_STREAM, "UDP": socket.SOCK_DGRAM}[sys.argv[1]]
      host, port = sys.argv[2], int(sys.argv[3])
      family, _, proto, _, address = socket.getaddrinfo(host, port, 0, kind)[0]
      with socket.socket(family, kind, proto) as s:
          s.settimeout(20)
          s.connect(address)
          for size in (1, 16, 64, 128):
              message = bytes(i % 251 for i in range(size))
              s.send(message)
              echo = b""
              while len(echo) < size:
                  echo += s.recv(size - len(echo))
              assert echo == message, (size, echo)
          if kind == socket.SOCK_DGRAM:
              s.send(bytes(200))
              assert s.recv(999) == bytes(128)
              s.send(b"")
              assert s.recv(999) == b""
          else:
              s.send(bytes(200))
              s.shutdown(socket.SHUT_WR)
              rest = b""
              while part := s.recv(999):
                  rest += part
              assert rest == bytes(200), rest
      print("all came back")
      """;

  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  private static EchoServer open(Transport transport, String host) throws SocketFailure {
    Address local = new Address(transport, host, 0);
    return switch (transport) {
      case TCP -> TcpEchoServer.open(local, TcpEchoServerConfig.DEFAULT);
      case UDP -> UdpEchoServer.open(local, UdpEchoServerConfig.DEFAULT);
    };
  }

  @ParameterizedTest
  @CsvSource({"TCP, 127.0.0.1", "TCP, ::1", "UDP, 127.0.0.1", "UDP, ::1"})
  void pythonsSocket(Transport transport, String host) throws SocketFailure {
    try (EchoServer server = open(transport, host);
        Peer python = Peer.python(PYTHON_CALLER, transport, host, server.address().port())) {
      assertThat(python.awaitExit()).as(python.errors()).isZero();
      assertThat(python.output()).contains("all came back");
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP, 127.0.0.1", "TCP, ::1", "UDP, 127.0.0.1", "UDP, ::1"})
  void ncat(Transport transport, String host) throws SocketFailure {
    String[] udp = {"ncat", "--udp", host};
    String[] tcp = {"ncat", host};
    try (EchoServer server = open(transport, host);
        Peer ncat = call(transport == Transport.UDP ? udp : tcp, server)) {
      ncat.type("hello, echo\n");
      ncat.awaitOutput("hello, echo\n");
      ncat.type("and again\n");
      ncat.awaitOutput("and again\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP, 127.0.0.1", "TCP, ::1", "UDP, 127.0.0.1", "UDP, ::1"})
  void socat(Transport transport, String host) throws SocketFailure {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    try (EchoServer server = open(transport, host);
        Peer socat =
            Peer.start("socat", "-", transport + ":" + bracketed + ":" + server.address().port())) {
      socat.type("hello, echo\n");
      socat.awaitOutput("hello, echo\n");
    }
  }

  private static Peer call(String[] command, EchoServer server) {
    String[] whole = java.util.Arrays.copyOf(command, command.length + 1);
    whole[command.length] = String.valueOf(server.address().port());
    return Peer.start(whole);
  }
}
