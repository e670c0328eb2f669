package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many callers a server serves at once is found within a bound. */
@Timeout(120)
@Tag("socket")
class ConnectionSlotsTest {
  /** A busy machine's echo takes its time. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Test
  void aServerThatRefusesTheThirteenthServesTwelve() throws Exception {
    try (TcpEchoServer server = server(12)) {
      assertThat(slots(server.address()).served(100, () -> false)).isEqualTo(12);
    }
  }

  @Test
  void moreThanWhatIsAskedForIsNotTried() throws Exception {
    try (TcpEchoServer server = server(12)) {
      assertThat(slots(server.address()).served(5, () -> false)).isEqualTo(5);
    }
  }

  @Test
  void whatWaitsInABacklogIsConnectedAndNotServed() throws Exception {
    try (ThreeSlots server = new ThreeSlots()) {
      assertThat(slots(server.address()).served(100, () -> false)).isEqualTo(3);
    }
  }

  @Test
  void aCancelledSearchEnds() throws Exception {
    try (TcpEchoServer server = server(12)) {
      assertThat(slots(server.address()).served(100, () -> true)).isZero();
    }
  }

  private static ConnectionSlots slots(Address target) {
    return new ConnectionSlots(target, TcpConfig.DEFAULT, PATIENCE);
  }

  private static TcpEchoServer server(int mostConnections) throws Exception {
    return TcpEchoServer.open(
        Address.parse("tcp://127.0.0.1:0"),
        TcpEchoServerConfig.DEFAULT.withMaxConnections(mostConnections));
  }

  /** Accepts three callers and nobody after them, with a backlog of one. */
  private static final class ThreeSlots implements Closeable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> callers = new CopyOnWriteArrayList<>();

    ThreeSlots() throws IOException {
      for (int i = 0; i < 3; i++) {
        Thread.ofVirtual().start(this::serveOne);
      }
    }

    private void serveOne() {
      try {
        Socket caller = listener.accept();
        callers.add(caller);
        caller.getInputStream().transferTo(caller.getOutputStream());
      } catch (IOException closed) {
        callers.clear(); // The test is over.
      }
    }

    Address address() {
      return Address.parse("tcp://127.0.0.1:" + listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      for (Socket caller : callers) {
        caller.close();
      }
      listener.close();
    }
  }
}
