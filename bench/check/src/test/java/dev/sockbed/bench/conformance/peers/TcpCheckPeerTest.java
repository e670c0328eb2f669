package dev.sockbed.bench.conformance.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.WireEvent;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.socket.TcpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("socket")
class TcpCheckPeerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CONNECTIONS = 100;

  @Test
  void aPeerThatIsClosedHasToldTheOtherSide() throws Exception {
    assertGone(TcpCheckPeer::close);
  }

  @Test
  void aPeerThatBrokeOffHasToldTheOtherSide() throws Exception {
    assertGone(TcpCheckPeer::reset);
  }

  /** Some servers keep all that was sent to them, and send it faster than it is compared. */
  @Test
  void moreThanThereIsRoomForWaitsUntilSomeIsTaken() throws Exception {
    int all = 3 * TcpArrivals.MOST_BYTES;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
      TcpSocket socket =
          TcpSocket.open(AddressFamily.of(address.getAddress()), TcpCheckPeer.config(PATIENCE));
      socket.connect(address);
      try (TcpCheckPeer peer = new TcpCheckPeer("A", socket, new WireLog()).readAsTaken();
          Socket other = server.accept()) {
        Thread.ofVirtual().start(() -> pour(other, all));
        peer.awaitEnd(Duration.ofMillis(300)); // Time enough to fill what room there is.

        int taken = 0;
        byte[] some = peer.receiveSome(PATIENCE);
        while (some.length > 0) {
          taken += some.length;
          some = peer.receiveSome(PATIENCE);
        }

        assertThat(taken).isEqualTo(all);
        assertThat(peer.awaitEnd(PATIENCE)).isEqualTo(TcpEnd.FIN);
      }
    }
  }

  private static void pour(Socket into, int bytes) {
    try {
      into.getOutputStream().write(new byte[bytes]);
      into.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** While its thread is still in the socket, the system keeps the connection. */
  private static void assertGone(Consumer<TcpCheckPeer> goodbye) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
      for (int i = 0; i < CONNECTIONS; i++) {
        WireLog log = new WireLog();
        TcpSocket socket =
            TcpSocket.open(AddressFamily.of(address.getAddress()), TcpCheckPeer.config(PATIENCE));
        socket.connect(address);
        TcpCheckPeer peer = new TcpCheckPeer("A", socket, log).read();
        try (Socket other = server.accept()) {
          other.getOutputStream().write('x');
          assertThat(peer.receive(1, PATIENCE)).containsExactly('x'); // So its thread is at it.

          goodbye.accept(peer);

          assertThat(log.events())
              .extracting(WireEvent::what)
              .contains("end of what is received: " + TcpEnd.OURS.label());
        }
      }
    }
  }
}
