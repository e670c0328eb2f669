package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who always have bytes in flight shut nobody out, and don't keep {@code serve} alive. */
@Tag("process")
class GreedyCallersTest {
  private static final TcpConfig PATIENT = TcpConfig.DEFAULT.withReceiveTimeout(Peer.PATIENCE);
  private static final int PIECE = 128;
  private static final long ENOUGH_BYTES = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--threads virtual",
        "--threads virtual --io auto",
        "--threads virtual --event-loop",
        "--threads platform",
      })
  void anotherIsAnsweredBesideThemAndASignalEndsTheServer(String how) throws Exception {
    try (Peer serve = SockbedProcess.start((Object[]) ("serve --tcp --port 0 " + how).split(" "))) {
      serve.awaitOutput("listening tcp://");
      Address server = Address.parse(serve.output().strip().replace("listening ", ""));
      List<Call<?>> calls = new ArrayList<>();
      AtomicLong echoed = new AtomicLong();
      for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
        TcpSocket greedy = TcpSocket.connected(server, PATIENT);
        calls.add(Call.start(ThreadKind.PLATFORM, () -> sendUntilClosed(greedy)));
        calls.add(Call.start(ThreadKind.PLATFORM, () -> receiveUntilClosed(greedy, echoed)));
      }
      while (echoed.get() < ENOUGH_BYTES) {
        Thread.onSpinWait();
      }

      try (TcpSocket other = TcpSocket.connected(server, PATIENT)) {
        for (int i = 0; i < 20; i++) {
          other.send(ByteBuffer.allocate(PIECE));
          assertThat(other.receive(ByteBuffer.allocate(PIECE), PIECE)).isPositive();
        }
      }
      serve.signal("TERM");
      long start = System.nanoTime();
      assertThat(serve.awaitExit()).isEqualTo(143);
      // It promises two seconds; the rest is for a machine with other things to do.
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
      assertThat(serve.errors()).contains(Transport.TCP.scheme() + ": ", "connections accepted");
      for (Call<?> call : calls) {
        call.result();
      }
    }
  }

  private static boolean sendUntilClosed(TcpSocket socket) {
    ByteBuffer much = ByteBuffer.allocateDirect(1 << 16);
    try {
      while (true) {
        socket.send(much.clear());
      }
    } catch (SocketFailure ended) {
      return socket.isOpen();
    }
  }

  private static boolean receiveUntilClosed(TcpSocket socket, AtomicLong echoed)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
    try (socket) {
      int received;
      while ((received = socket.receive(buffer.clear(), PIECE)) > 0) {
        echoed.addAndGet(received);
      }
      return true;
    } catch (SocketFailure broken) {
      return false;
    }
  }
}
