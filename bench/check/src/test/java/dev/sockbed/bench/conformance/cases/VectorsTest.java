package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.bench.conformance.peers.Datagram;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import dev.sockbed.bench.conformance.peers.TcpHost;
import dev.sockbed.bench.conformance.peers.UdpCheckPeer;
import dev.sockbed.bench.load.ProbeMessage;
import dev.sockbed.common.Address;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.testing.Checkout;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden vectors are well formed, and our own programs keep them. */
@Tag("socket")
class VectorsTest {
  private static final Path FOLDER = Checkout.path("docs/vectors");
  private static final Duration PATIENCE = Limits.DEFAULT.patience();
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.endsWith("schema.json")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileKeepsTheSchemaAndNamesSentencesOfTheProtocol(Path file) throws IOException {
    String schema = Files.readString(FOLDER.resolve("schema.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(Files.readString(file), InputFormat.JSON))
        .isEmpty();
    for (JsonNode vector : vectors(file)) {
      assertThat(Protocol.ofThisBuild().rule(vector.path("rule").stringValue())).isNotNull();
    }
  }

  private static JsonNode vectors(Path file) throws IOException {
    return JSON.readTree(Files.readString(file)).path("vectors");
  }

  @Test
  void ourTcpServerKeepsThem() throws Exception {
    try (TcpEchoServer server =
        TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), TcpEchoServerConfig.DEFAULT)) {
      for (JsonNode vector : vectors(FOLDER.resolve("echo-tcp.json"))) {
        TcpSocket socket = TcpSocket.connected(server.address(), TcpCheckPeer.config(PATIENCE));
        try (TcpCheckPeer peer = new TcpCheckPeer("A", socket, new WireLog()).read()) {
          playTcp(peer, vector);
        }
      }
    }
  }

  @Test
  void ourUdpServerKeepsThem() throws Exception {
    try (UdpEchoServer server =
        UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), UdpEchoServerConfig.DEFAULT)) {
      InetSocketAddress target = server.address().resolve().getFirst();
      for (String file : new String[] {"echo-udp.json", "probe-udp.json"}) {
        for (JsonNode vector : vectors(FOLDER.resolve(file))) {
          try (UdpCheckPeer peer = UdpCheckPeer.bound("A", loopback(), new WireLog())) {
            playUdp(peer, target, vector, 0);
          }
        }
      }
    }
  }

  @Test
  void ourBoardKeepsThemOverTcp() throws Exception {
    Address local = Address.parse("tcp://127.0.0.1:0");
    try (TcpHost host = TcpHost.open(local.resolve(), TcpConfig.DEFAULT.sendTimeout())) {
      for (JsonNode vector : vectors(FOLDER.resolve("device-tcp.json"))) {
        Subject.Running board = RightClients.board(ThreadKind.PLATFORM).start(host.address());
        TcpSocket socket = Objects.requireNonNull(host.accept(PATIENCE));
        try (board;
            TcpCheckPeer peer = new TcpCheckPeer("server", socket, new WireLog()).read()) {
          playTcp(peer, vector);
        }
      }
    }
  }

  @Test
  void ourBoardKeepsThemOverUdp() throws Exception {
    for (JsonNode vector : vectors(FOLDER.resolve("device-udp.json"))) {
      try (UdpCheckPeer peer = UdpCheckPeer.bound("server", loopback(), new WireLog());
          Subject.Running board =
              RightClients.board(ThreadKind.PLATFORM)
                  .start(Address.of(Transport.UDP, peer.address()))) {
        Datagram greeting = Objects.requireNonNull(peer.receive(PATIENCE));
        assertThat(greeting.bytes()).isEqualTo(bytes(vector.path("events").path(0), "receive"));
        playUdp(peer, greeting.from(), vector, 1);
        assertThat(board.awaitExit(Duration.ZERO)).isNull();
      }
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void playTcp(TcpCheckPeer peer, JsonNode vector) throws Exception {
    String name = vector.path("name").stringValue();
    for (JsonNode event : vector.path("events")) {
      if (event.has("send")) {
        peer.send(bytes(event, "send"));
      } else if (event.has("receive")) {
        byte[] expected = bytes(event, "receive");
        assertThat(peer.receive(expected.length, PATIENCE)).as(name).isEqualTo(expected);
      } else if (event.has("halfClose")) {
        peer.halfClose();
      } else if (event.has("end")) {
        assertThat(peer.awaitEnd(PATIENCE)).as(name).isEqualTo(TcpEnd.FIN);
        assertThat(peer.receiveSome(Duration.ZERO)).as(name).isEmpty();
      } else {
        assertThat(peer.receiveSome(silence(event))).as(name).isEmpty();
      }
    }
  }

  /** What was lost or overtaken on the way would be no fault; on loopback nothing is. */
  private static void playUdp(UdpCheckPeer peer, InetSocketAddress to, JsonNode vector, int first)
      throws Exception {
    String name = vector.path("name").stringValue();
    JsonNode events = vector.path("events");
    for (int i = first; i < events.size(); i++) {
      JsonNode event = events.get(i);
      if (event.has("send")) {
        peer.send(bytes(event, "send"), to);
      } else if (event.has("receive")) {
        Datagram came = Objects.requireNonNull(peer.receive(PATIENCE), name);
        assertThat(came.bytes()).as(name).isEqualTo(bytes(event, "receive"));
      } else {
        assertThat(peer.receive(silence(event))).as(name).isNull();
      }
    }
  }

  private static byte[] bytes(JsonNode event, String name) {
    return HEX.parseHex(event.path(name).stringValue());
  }

  private static Duration silence(JsonNode event) {
    return Duration.ofMillis(event.path("silence").intValue());
  }

  @Test
  void probeVectorsAreWhatOurProbesLookLike() throws IOException {
    for (JsonNode vector : vectors(FOLDER.resolve("probe-udp.json"))) {
      byte[] message = bytes(vector.path("events").path(0), "send");
      ByteBuffer right = ByteBuffer.allocate(message.length);
      ByteBuffer header = ByteBuffer.wrap(message);
      ProbeMessage probe = new ProbeMessage(message.length);
      probe.write(right, message.length, header.getLong(0));
      probe.stamp(right, header.getLong(Long.BYTES));
      assertThat(Arrays.equals(right.array(), message)).isTrue();
    }
  }
}
