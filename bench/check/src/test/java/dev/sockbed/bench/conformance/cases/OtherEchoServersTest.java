package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Other people's echo servers pass, or fail for a reason that the report tells, and no other. */
@Tag("process")
class OtherEchoServersTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(16), 128);
  private static final Set<CaseVerdict> RIGHT = EnumSet.of(CaseVerdict.PASS, CaseVerdict.SKIPPED);
  private static final int MOST_STARTS = 4;
  private static final String OVER_LIMIT = "bytes came back, where the receive limit is 128";

  /** What is wrong with a server that answers every datagram whole. */
  private static final Map<String, String> ANSWERS_WHOLE =
      Map.of(
          "echo/udp/1.3/129-bytes",
          "129 " + OVER_LIMIT,
          "echo/udp/1.3/1472-bytes",
          "1,472 " + OVER_LIMIT,
          "echo/udp/1.3/65507-bytes",
          OVER_LIMIT,
          "echo/udp/2.3/low-port",
          "where a service may live that answers back");

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void ncatWithCatClosesAtTheHalfCloseAndMayStandStillInALongStream() throws Exception {
    int port = 23_451;
    try (Peer ncat =
        Peer.start("ncat", "-v", "-l", "-k", "-e", "/bin/cat", "127.0.0.1", "" + port)) {
      ncat.awaitOutput("Listening on");

      List<CaseResult> results = server(Transport.TCP, port);

      Map<String, String> broken = broken(results);
      // A machine that is busy may let cat answer before the half-close, now and then.
      assertThat(broken.keySet())
          .as(Checks.told(results))
          .anyMatch(id -> id.startsWith("echo/tcp/3.2/half-close"));
      // Once two pipes are full, ncat waits in its write to cat, and cat in its write to ncat.
      for (String stream :
          List.of(
              "echo/tcp/1.6/mebibyte",
              "echo/tcp/1.6/more-than-a-mebibyte",
              "echo/tcp/1.7/slow-reader",
              "echo/tcp/1.7/after-a-stall",
              "echo/tcp/2.3/eight-at-once",
              "echo/tcp/3.2/half-close-after-a-stall")) {
        String why = broken.remove(stream);
        assertThat(why == null || why.contains(" bytes came back ")).as(why).isTrue();
      }
      assertThat(broken)
          .allSatisfy((id, why) -> {
            assertThat(id).startsWith("echo/tcp/3.2/half-close");
            assertThat(why).contains("came back", "(FIN)");
          });
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void socatOverTcpIsRight() throws Exception {
    int port = 23_457;
    String listen = "TCP4-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork,nodelay";
    try (Peer socat = Peer.start("socat", "-t", "60", "-d", "-d", listen, "PIPE")) {
      socat.awaitOutput("listening on");

      assertOnly(Map.of(), server(Transport.TCP, port));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void socatInSmallPiecesLacksNoDelay() throws Exception {
    int port = 23_458;
    String listen = "TCP4-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork";
    try (Peer socat = Peer.start("socat", "-t", "60", "-b", "128", "-d", "-d", listen, "PIPE")) {
      socat.awaitOutput("listening on");

      assertOnly(Map.of("echo/tcp/1.8/no-delay", "1 byte takes"), server(Transport.TCP, port));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void socatOverUdpAnswersTooMuchAndNothingToAnEmptyDatagram() throws Exception {
    int port = 23_459;
    List<CaseResult> results;
    boolean heard;
    int starts = 0;
    do {
      try (Peer socat =
          Peer.start(
              "socat", "-d", "-d", "UDP4-RECVFROM:" + port + ",bind=127.0.0.1,fork", "PIPE")) {
        socat.awaitOutput("receiving on");
        results = server(Transport.UDP, port);
        heard = answers(port);
      }
    } while (!heard && ++starts < MOST_STARTS);

    Map<String, String> expected = new HashMap<>(ANSWERS_WHOLE);
    expected.put("echo/udp/1.2/empty", "a datagram of 0 bytes: sent 5 times and not answered");
    assertOnly(expected, results);
  }

  /**
   * Whether it still serves. Socat 1.7.4.4, which starts a process for each datagram, now and then
   * takes no more of them after some hundred or thousand: what it was asked from then on says
   * nothing.
   */
  private static boolean answers(int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(1_000);
      boolean heard = false;
      for (int tries = 0; tries < 5 && !heard; tries++) {
        socket.send(new DatagramPacket(new byte[] {1}, 1));
        heard = receives(socket);
      }
      return heard;
    }
  }

  private static boolean receives(DatagramSocket socket) throws IOException {
    try {
      socket.receive(new DatagramPacket(new byte[1], 1));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void pythonsSocketserverIsRightOverTcpAndAnswersTooMuchOverUdp() throws Exception {
    try (Peer python = socketserver("ThreadingTCPServer")) {
      int port = python.awaitNumber("listening");

      assertOnly(Map.of(), server(Transport.TCP, port));
      assertOnly(ANSWERS_WHOLE, server(Transport.UDP, port));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void pythonsSocketserverWithoutThreadsServesOneClientAtATime() throws Exception {
    try (Peer python = socketserver("TCPServer")) {
      int port = python.awaitNumber("listening");

      assertOnly(
          Map.of(
              "echo/tcp/2.1/two-at-once", "0 of 6 bytes came back",
              "echo/tcp/2.1/at-the-same-moment", "0 of 10 bytes came back",
              "echo/tcp/2.3/eight-at-once", "0 of 10 bytes came back",
              "echo/tcp/2.2/silent", "0 of 15 bytes came back",
              "echo/tcp/2.2/stalled", "0 of 15 bytes came back",
              "echo/tcp/2.3/no-mix-up", "0 of 20,000 bytes came back"),
          server(Transport.TCP, port));
    }
  }

  private static Peer socketserver(String kind) {
    return Peer.python(
        """
        import socket, socketserver, threading
        class Tcp(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while True:
                    received = self.request.recv(128)
                    if not received:
                        return
                    self.request.sendall(received)
        class Udp(socketserver.BaseRequestHandler):
            def handle(self):
                self.request[1].sendto(self.request[0], self.client_address)
        socketserver.ThreadingTCPServer.daemon_threads = True
        tcp = socketserver.%s(('127.0.0.1', 0), Tcp)
        udp = socketserver.UDPServer(('127.0.0.1', tcp.server_address[1]), Udp)
        threading.Thread(target=udp.serve_forever, daemon=True).start()
        print('listening', tcp.server_address[1])
        tcp.serve_forever()
        """
            .formatted(kind));
  }

  private static List<CaseResult> server(Transport transport, int port) throws Exception {
    return Checks.server(new Address(transport, "127.0.0.1", port), LIMITS);
  }

  /**
   * These cases fail, or miss a SHOULD, and say that; all others pass.
   *
   * @param expected by the case's ID, a part of what the report tells
   */
  private static void assertOnly(Map<String, String> expected, List<CaseResult> results) {
    Map<String, String> broken = broken(results);
    assertThat(broken.keySet()).as(Checks.told(results)).isEqualTo(expected.keySet());
    broken.forEach((id, why) -> assertThat(why).as(id).contains(expected.getOrDefault(id, "")));
  }

  private static Map<String, String> broken(List<CaseResult> results) {
    return results.stream()
        .filter(result -> !RIGHT.contains(result.verdict()))
        .collect(Collectors.toMap(CaseResult::id, OtherEchoServersTest::why));
  }

  private static String why(CaseResult result) {
    return result.why() == null ? "" : result.why();
  }
}
