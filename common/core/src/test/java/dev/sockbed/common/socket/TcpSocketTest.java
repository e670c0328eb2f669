package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.TcpInfo;
import dev.sockbed.common.linux.TcpState;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.Leftovers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What only a stream has, on both kinds of thread, however it waits.
 *
 * @see UdpSocketTest
 */
@ParameterizedClass
@MethodSource("dev.sockbed.common.socket.Way#overTcp")
@Tag("socket")
class TcpSocketTest {
  private final Way way;
  private final Leftovers leftovers = Leftovers.lookNow();

  TcpSocketTest(Way way) {
    this.way = way;
  }

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  @Test
  void writesMergeAndSplitAtTheReceiveLimit() throws Exception {
    try (Ends ends = way.open()) {
      ends.near().send(Ends.message(200));
      ends.near().send(Ends.message(100));
      ByteBuffer both = way.run(() -> Ends.receiveAll(ends.far(), 300));
      assertThat(both.slice(0, 200)).isEqualTo(Ends.message(200));
      assertThat(both.slice(200, 100)).isEqualTo(Ends.message(100));
      assertThat(ends.far().truncated()).isFalse();
    }
  }

  @Test
  void anEmptySendSendsNothing() throws Exception {
    try (Ends ends = way.open()) {
      assertThat(way.run(() -> ends.near().send(Ends.message(0)))).isZero();
      ends.near().send(Ends.message(3));
      assertThat(way.run(() -> Ends.receiveAll(ends.far(), 3))).isEqualTo(Ends.message(3));
    }
  }

  @Test
  void aClosedPeerIsTheEndOfTheStreamEachTime() throws Exception {
    try (Ends ends = way.open()) {
      ends.far().send(Ends.message(5));
      ends.far().close();
      way.run(() -> {
        assertThat(Ends.receiveAll(ends.near(), 5)).isEqualTo(Ends.message(5));
        ByteBuffer buffer = ByteBuffer.allocate(9);
        assertThat(ends.near().receive(buffer, 9)).isEqualTo(BlockingSocket.END_OF_STREAM);
        assertThat(ends.near().receive(buffer, 9)).isEqualTo(BlockingSocket.END_OF_STREAM);
        return 0;
      });
    }
  }

  @Test
  void halfAClosedConnectionStillCarriesTheAnswer() throws Exception {
    try (Ends ends = way.open()) {
      way.run(() -> {
        ends.near().send(Ends.message(5));
        ends.nearTcp().shutdownOutput();
        assertThat(Ends.receiveAll(ends.far(), 5)).isEqualTo(Ends.message(5));
        assertThat(ends.far().receive(ByteBuffer.allocate(9), 9))
            .isEqualTo(BlockingSocket.END_OF_STREAM);
        ends.far().send(Ends.message(6));
        assertThat(Ends.receiveAll(ends.near(), 6)).isEqualTo(Ends.message(6));
        return 0;
      });
      assertThat(way.start(() -> ends.near().send(Ends.message(1))).error())
          .isEqualTo(SocketError.CLOSED);
    }
  }

  @Test
  void aResetEndsAReceiveThatWaits() throws Exception {
    try (Ends ends = way.open()) {
      Call<Integer> receive = way.start(() -> ends.near().receive(ByteBuffer.allocate(9), 9));
      receive.awaitInside("receive");
      ends.farTcp().reset();
      assertThat(receive.error()).isEqualTo(SocketError.RESET);
      assertThat(ends.far().isOpen()).isFalse();
    }
  }

  @Test
  void sendingToAPeerThatIsGoneIsAReset() throws Exception {
    try (Ends ends = way.open()) {
      ends.farTcp().reset();
      Call<Integer> send =
          way.start(() -> {
            while (true) {
              ends.near().send(Ends.message(1));
            }
          });
      assertThat(send.error()).isEqualTo(SocketError.RESET);
    }
  }

  @Test
  void aPeerThatNeverReadsEndsTheSendAndNotTheReceiveByTimeout() throws Exception {
    Duration timeout = Duration.ofMillis(60);
    try (Ends ends =
        way.run(() -> Ends.overTcp(AddressFamily.INET, way.tcp().withSendTimeout(timeout)))) {
      Call<Integer> receive = way.start(() -> ends.near().receive(ByteBuffer.allocate(9), 9));
      long start = System.nanoTime();
      assertThat(way.start(() -> sendForEver(ends.near())).error())
          .isEqualTo(SocketError.TIMED_OUT);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeout.toNanos());
      assertThat(ends.near().isOpen()).isFalse();
      // TIMED_OUT would say that the receive can be made again.
      assertThat(receive.error()).isEqualTo(SocketError.CLOSED);
      assertThat(way.start(() -> ends.near().send(Ends.message(1))).error())
          .isEqualTo(SocketError.TIMED_OUT);
    }
  }

  @Test
  void closingEndsASendThatWaits() throws Exception {
    try (Ends ends = way.open()) {
      Call<Integer> send = way.start(() -> sendForEver(ends.near()));
      send.awaitInside("send");
      ends.near().close();
      assertThat(send.error()).isEqualTo(SocketError.CLOSED);
    }
  }

  @Test
  void interruptingASendThatWaitsClosesTheSocket() throws Exception {
    try (Ends ends = way.open()) {
      Call<Integer> send = way.start(() -> sendForEver(ends.near()));
      send.awaitInside("send").thread().interrupt();
      assertThat(send.error()).isEqualTo(SocketError.CLOSED);
      assertThat(ends.near().isOpen()).isFalse();
    }
  }

  private static int sendForEver(BlockingSocket socket) throws Exception {
    ByteBuffer message = ByteBuffer.allocateDirect(1 << 16);
    while (true) {
      socket.send(message.clear());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theSystemTellsAboutTheConnection() throws Exception {
    try (Ends ends = way.open()) {
      assertThat(ends.nearTcp().info()).extracting(TcpInfo::state).isEqualTo(TcpState.ESTABLISHED);
      ends.near().close();
      assertThat(ends.nearTcp().info()).isNull();
    }
  }

  @Test
  void nobodyListeningIsRefusedAndClosesTheSocket() throws Exception {
    try (TcpSocket holder = TcpSocket.open(AddressFamily.INET, way.tcp());
        TcpSocket socket = TcpSocket.open(AddressFamily.INET, way.tcp())) {
      holder.bind(Ends.anyPort(AddressFamily.INET));
      assertThat(connect(socket, holder.localAddress()).error()).isEqualTo(SocketError.REFUSED);
      assertThat(socket.isOpen()).isFalse();
    }
  }

  /** A broadcast address is no place for a connection; the system refuses without asking anyone. */
  @Test
  void noRouteIsUnreachable() throws Exception {
    try (TcpSocket socket = TcpSocket.open(AddressFamily.INET, way.tcp())) {
      InetSocketAddress loopbackBroadcast = Ends.at("127.255.255.255", 9);
      assertThat(connect(socket, loopbackBroadcast).error()).isEqualTo(SocketError.UNREACHABLE);
    }
  }

  @Test
  void aConnectionToItselfIsRefused() throws Exception {
    try (TcpSocket socket = TcpSocket.open(AddressFamily.INET, way.tcp())) {
      socket.bind(Ends.anyPort(AddressFamily.INET));
      assertThat(connect(socket, socket.localAddress()).error()).isEqualTo(SocketError.REFUSED);
      assertThat(socket.isOpen()).isFalse();
    }
  }

  @Test
  void anAddressOfTheOtherFamilyFailsAndClosesTheSocket() throws Exception {
    try (TcpSocket socket = TcpSocket.open(AddressFamily.INET, way.tcp())) {
      assertThat(connect(socket, Ends.anyPort(AddressFamily.INET6)).error())
          .isEqualTo(SocketError.WRONG_FAMILY);
      assertThat(socket.isOpen()).isFalse();
    }
  }

  @Test
  void connectingByNameTriesEveryAddress() throws Exception {
    try (TcpListener listener = TcpListener.open(AddressFamily.INET, way.tcp())) {
      listener.bind(Ends.anyPort(AddressFamily.INET));
      listener.listen(1);
      int port = listener.localAddress().getPort();
      Address named = new Address(Transport.TCP, "localhost", port);
      try (TcpSocket socket = way.run(() -> TcpSocket.connected(named, way.tcp()))) {
        assertThat(socket.fiveTuple().remote()).isEqualTo(listener.localAddress());
      }
    }
  }

  private Call<Integer> connect(TcpSocket socket, InetSocketAddress remote) {
    return way.start(() -> {
      socket.connect(remote);
      return 0;
    });
  }
}
