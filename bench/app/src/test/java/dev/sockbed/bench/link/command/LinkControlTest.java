package dev.sockbed.bench.link.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.SockbedRun;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A running link, changed over HTTP by a program in Python. */
@Tag("process")
class LinkControlTest {
  private static final String REQUEST =
      """
      import http.client, sys
      host, method, path, body = sys.argv[1:5]
      connection = http.client.HTTPConnection(host, timeout=40)
      connection.putrequest(method, path, skip_host=True)
      headers = dict(line.split(": ", 1) for line in sys.argv[5:])
      headers.setdefault("Host", host)
      body = body.encode()
      if body:
          headers["Content-Length"] = str(len(body))
      for name, value in headers.items():
          connection.putheader(name, value)
      connection.endheaders(body or None)
      answer = connection.getresponse()
      print(answer.status, answer.read().decode())
      """;

  /** Longer than a round trip takes on a busy machine. */
  private static final Duration DELAY = Duration.ofMillis(700);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final List<AutoCloseable> open = new ArrayList<>();
  private String near = "";
  private String host = "";
  private String token = "";

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void aUdpLinkIsCutMadeSlowForAShareAndGivenBack() throws Exception {
    start(Transport.UDP);
    BlockingSocket first = client();
    assertThat(echoes(first, Peer.PATIENCE)).isTrue();

    assertThat(post("{\"link\": \"outage\"}"))
        .startsWith("200 ")
        .contains("\"link\" : \"outage\"", "\"set\" : true", "\"planned\" : \"perfect\"");
    assertThat(echoes(first, Duration.ofMillis(300))).isFalse();

    // Words that come later change what was set before.
    assertThat(post("{\"link\": \"connected,down-delay=" + DELAY.toMillis() + "ms\"}"))
        .contains("\"link\" : \"down-delay=700ms\"", "\"share\" : \"100%\"");
    long start = System.nanoTime();
    assertThat(echoes(first, Peer.PATIENCE)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY);

    // Of ten clients' first datagrams those among the share are cut off.
    assertThat(post("{\"link\": \"perfect,outage\", \"share\": \"50%\"}"))
        .contains("\"share\" : \"50%\"");
    List<BlockingSocket> clients = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      BlockingSocket client = client();
      client.send(ByteBuffer.wrap(new byte[] {'?'}));
      clients.add(client);
    }
    // Which of them belong to it is drawn from the seed: the same in each run.
    await()
        .atMost(Peer.PATIENCE)
        .until(
            () -> request("GET", "/link", ""),
            told -> told.contains("\"packets\" : 13") && told.contains("\"outageDropped\" : 8"));
    Set<BlockingSocket> heard = new HashSet<>();
    await()
        .atMost(Peer.PATIENCE)
        .until(
            () -> {
              clients.stream().filter(LinkControlTest::hears).forEach(heard::add);
              return heard.size();
            },
            count -> count == 3);

    assertThat(request("DELETE", "/link", ""))
        .contains("\"set\" : false", "\"link\" : \"perfect\"");
    assertThat(echoes(first, Peer.PATIENCE)).isTrue();
    assertThat(request("GET", "/link", ""))
        .startsWith("200 ")
        .contains("\"clients\" : 11", "\"up\" : {", "\"delivered\" : ");
  }

  @Test
  void aTcpConnectionThatStandsGetsSlowAndWhatARelayCantDoIsRefused() throws Exception {
    start(Transport.TCP);
    BlockingSocket client = client();
    assertThat(echoes(client, Peer.PATIENCE)).isTrue();

    assertThat(post("{\"link\": \"loss=5%\"}"))
        .startsWith("400 ")
        .contains("a relay can't lose, reorder or change TCP segments");
    assertThat(post("{\"link\": \"up-delay=" + DELAY.toMillis() + "ms\"}")).startsWith("200 ");
    long start = System.nanoTime();
    assertThat(echoes(client, Peer.PATIENCE)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(DELAY);
  }

  @Test
  void whoHasNotTheTokenOrAsksWronglyIsRefusedAndChangesNothing() throws Exception {
    start(Transport.UDP);
    String cut = "{\"link\": \"outage\"}";

    assertThat(send("POST", "/link", cut)).startsWith("401 ");
    assertThat(send("POST", "/link", cut, "Authorization: Bearer wrong")).startsWith("401 ");
    assertThat(send("POST", "/link", cut, "Authorization: Basic " + token)).startsWith("401 ");
    String right = "Authorization: Bearer " + token;
    assertThat(send("POST", "/link", cut, right, "Host: evil.example")).startsWith("421 ");
    assertThat(send("POST", "/link", cut, right, "Origin: http://" + host)).startsWith("403 ");
    assertThat(send("PUT", "/link", cut, right)).startsWith("405 ");
    assertThat(send("GET", "/", "", right)).startsWith("404 ");
    assertThat(post("loss=5%")).startsWith("400 ").contains("the body is no JSON");
    assertThat(post("[1]")).startsWith("400 ").contains("a change is an object");
    assertThat(post("{}")).startsWith("400 ").contains("link is missing");
    assertThat(post("{\"link\": 5}")).startsWith("400 ").contains("link is a text");
    assertThat(post("{\"link\": \"lost=5%\"}")).startsWith("400 ").contains("unknown word: 'lost'");
    assertThat(post("{\"link\": \"outage\", \"share\": \"150%\"}")).startsWith("400 ");
    assertThat(post("{\"link\": \"outage\", \"times\": \"2\"}"))
        .startsWith("400 ")
        .contains("there is no 'times'");
    assertThat(post("\"" + "x".repeat(20_000) + "\"")).startsWith("413 ");

    assertThat(request("GET", "/link", "")).contains("\"set\" : false", "\"link\" : \"perfect\"");
  }

  @Test
  void anAddressThatOtherMachinesReachIsWrongUsage() {
    SockbedRun run =
        SockbedRun.of(
            "link", "--listen=udp://127.0.0.1:0", "--to=udp://127.0.0.1:9", "--control=0.0.0.0:0");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.errors().lines()).singleElement().asString().contains("no loopback address");
  }

  private void start(Transport transport) throws IOException {
    Address any = new Address(transport, "127.0.0.1", 0);
    EchoServer server =
        switch (transport) {
          case TCP -> TcpEchoServer.open(any, TcpEchoServerConfig.DEFAULT);
          case UDP -> UdpEchoServer.open(any, UdpEchoServerConfig.DEFAULT);
        };
    open.add(server);
    Peer link =
        SockbedProcess.start(
            "link",
            "--link-mode=relay",
            "--listen=" + any,
            "--to=" + server.address(),
            "--control=127.0.0.1:0",
            "--quiet");
    open.add(link);
    link.awaitOutput(" token ");
    List<String> lines = link.output().lines().toList();
    near = lines.getFirst().substring("listening ".length());
    String[] control = lines.getLast().split(" ", -1);
    assertThat(control).hasSize(4).startsWith("control").contains("token");
    host = control[1].replaceFirst("^http://", "").replaceFirst("/link$", "");
    token = control[3];
  }

  private BlockingSocket client() throws SocketFailure {
    Address to = Address.parse(near);
    SocketConfig config = SocketConfig.defaultOf(to.transport()).withReceiveTimeout(LOOK);
    BlockingSocket socket = BlockingSocket.connected(to, config);
    open.add(socket);
    return socket;
  }

  /** Whether a byte comes back within that time. */
  private static boolean echoes(BlockingSocket socket, Duration within) throws SocketFailure {
    long end = System.nanoTime() + within.toNanos();
    socket.send(ByteBuffer.wrap(new byte[] {'?'}));
    while (true) {
      try {
        return socket.receive(ByteBuffer.allocateDirect(1), 1) == 1;
      } catch (SocketFailure e) {
        if (e.error() != SocketError.TIMED_OUT) {
          throw e;
        }
        if (System.nanoTime() - end >= 0) {
          return false;
        }
      }
    }
  }

  private static boolean hears(BlockingSocket client) {
    try {
      return client.receive(ByteBuffer.allocateDirect(1), 1) == 1;
    } catch (SocketFailure e) {
      assertThat(e.error()).isEqualTo(SocketError.TIMED_OUT);
      return false;
    }
  }

  private String post(String body) {
    return request("POST", "/link", body);
  }

  private String request(String method, String path, String body) {
    return send(method, path, body, "Authorization: Bearer " + token);
  }

  private String send(String method, String path, String body, String... headers) {
    List<Object> arguments = new ArrayList<>(List.of(host, method, path, body));
    arguments.addAll(List.of(headers));
    try (Peer python = Peer.python(REQUEST, arguments.toArray())) {
      assertThat(python.awaitExit()).as(python.errors()).isZero();
      return python.output();
    }
  }
}
