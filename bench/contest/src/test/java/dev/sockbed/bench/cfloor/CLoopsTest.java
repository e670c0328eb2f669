package dev.sockbed.bench.cfloor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.SearchPath;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The C programs as they are compiled on this machine. */
@Tag("process")
@EnabledOnOs(OS.LINUX)
class CLoopsTest {
  private static CLoops loops;

  @BeforeAll
  static void compile() throws IOException {
    loops = CLoops.compile();
  }

  @AfterAll
  static void removeThem() throws IOException {
    loops.close();
  }

  static List<FloorCase> kinds() {
    return FloorCase.ofEachKind();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bothEndsExchange(FloorCase what) throws IOException {
    long patience = System.nanoTime() + Peer.PATIENCE.toNanos();
    try (CLoops.Server server = loops.serve(what, -1)) {
      FloorTrial trial;
      do { // A busy machine may give an end no turn in so short a time.
        trial = loops.ask(what, server.port(), -1, 1, 20);
      } while (what.figure(trial) == 0 && System.nanoTime() - patience < 0);

      assertThat(trial.messagesPerSecond()).isPositive();
      assertThat(trial.p50Nanos() > 0).isEqualTo(what.isRoundTrip());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theServerEchoes(FloorCase what) throws IOException {
    ByteBuffer message = ByteBuffer.wrap("Hello 01Studio!".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer reply = ByteBuffer.allocate(message.remaining());
    try (CLoops.Server server = loops.serve(what, -1);
        BlockingSocket client = connected(what.transport(), server.port())) {
      client.send(message.duplicate());
      while (reply.hasRemaining()) {
        assertThat(client.receive(reply, reply.remaining())).isPositive();
      }
    }
    assertThat(reply.flip()).isEqualTo(message);
  }

  private static BlockingSocket connected(Transport transport, int port) throws IOException {
    Address server = Address.parse(transport.scheme() + "://127.0.0.1:" + port);
    return switch (transport) {
      case TCP -> TcpSocket.connected(server, TcpConfig.DEFAULT);
      case UDP -> UdpSocket.connected(server, UdpConfig.DEFAULT);
    };
  }

  @Test
  void whereThereIsNoCompilerOneLineSaysSo(@TempDir Path empty) {
    assertThatThrownBy(() -> CLoops.compiler(new SearchPath(empty.toString())))
        .isInstanceOf(MissingException.class)
        .hasMessage(
            "bench --floor needs a C compiler, and neither cc, gcc nor clang is on the PATH");
  }
}
