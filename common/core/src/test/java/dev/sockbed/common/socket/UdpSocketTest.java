package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.Leftovers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What only datagrams have, on both kinds of thread, however the socket waits.
 *
 * @see TcpSocketTest
 */
@ParameterizedClass
@MethodSource("dev.sockbed.common.socket.Way#overUdp")
@Tag("socket")
class UdpSocketTest {
  private final Way way;
  private final Leftovers leftovers = Leftovers.lookNow();

  UdpSocketTest(Way way) {
    this.way = way;
  }

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  @Test
  void aDatagramLongerThanTheLimitIsCutAndSaysSo() throws Exception {
    try (Ends ends = way.open()) {
      for (int length : new int[] {129, 128, 200, 127}) {
        ends.near().send(Ends.message(length));
      }
      assertThat(receive(ends.far(), 128)).isEqualTo(Ends.message(129).limit(128));
      assertThat(ends.far().truncated()).isTrue();
      assertThat(receive(ends.far(), 128)).isEqualTo(Ends.message(128));
      assertThat(ends.far().truncated()).isFalse();
      assertThat(receive(ends.far(), 128)).isEqualTo(Ends.message(200).limit(128));
      assertThat(ends.far().truncated()).isTrue();
      assertThat(receive(ends.far(), 127)).isEqualTo(Ends.message(127));
      assertThat(ends.far().truncated()).isFalse();
    }
  }

  @Test
  void theLimitOfOneReceiveCuts() throws Exception {
    try (Ends ends = way.open()) {
      ends.near().send(Ends.message(10));
      assertThat(receive(ends.far(), 9)).isEqualTo(Ends.message(10).limit(9));
      assertThat(ends.far().truncated()).isTrue();
    }
  }

  @Test
  void anEmptyDatagramIsReceivedAsOne() throws Exception {
    try (UdpSocket stranger = open();
        UdpSocket hearsAll = open()) {
      hearsAll.bind(Ends.anyPort(AddressFamily.INET));
      stranger.bind(Ends.anyPort(AddressFamily.INET));
      assertThat(stranger.sendTo(Ends.message(0), hearsAll.localAddress())).isZero();
      stranger.sendTo(Ends.message(3), hearsAll.localAddress());
      assertThat(receive(hearsAll, 9)).isEqualTo(Ends.message(0));
      assertThat(hearsAll.truncated()).isFalse();
      assertThat(hearsAll.sender()).isEqualTo(stranger.localAddress());
      assertThat(receive(hearsAll, 9)).isEqualTo(Ends.message(3));
    }
  }

  @Test
  void anEmptyDatagramToTheConnectedPeerIsReceivedAsOne() throws Exception {
    try (UdpSocket server = open();
        UdpSocket client = open()) {
      server.bind(Ends.anyPort(AddressFamily.INET));
      client.connect(server.localAddress());
      server.sendTo(Ends.message(0), client.localAddress());
      server.sendTo(Ends.message(4), client.localAddress());
      assertThat(receive(client, 9)).isEqualTo(Ends.message(0));
      assertThat(receive(client, 9)).isEqualTo(Ends.message(4));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anEmptyDatagramIsSentFromAConnectedSocketToo() throws Exception {
    try (Ends ends = way.open()) {
      assertThat(way.run(() -> ends.near().send(Ends.message(0)))).isZero();
      ends.near().send(Ends.message(4));
      assertThat(receive(ends.far(), 9)).isEqualTo(Ends.message(0));
      assertThat(receive(ends.far(), 9)).isEqualTo(Ends.message(4));
      ends.near().close();
      assertThat(way.start(() -> ends.near().send(Ends.message(0))).error())
          .isEqualTo(SocketError.CLOSED);
    }
  }

  @Test
  @DisabledOnOs(OS.LINUX)
  void anEmptyDatagramThatCannotBeSentIsNotPassedOver() throws Exception {
    try (Ends ends = way.open()) {
      assertThat(way.start(() -> ends.near().send(Ends.message(0))).error())
          .isEqualTo(SocketError.OTHER);
    }
  }

  @Test
  void theSenderIsToldEachTime() throws Exception {
    try (UdpSocket server = open();
        UdpSocket first = open();
        UdpSocket second = open()) {
      server.bind(Ends.anyPort(AddressFamily.INET));
      assertThatThrownBy(server::sender)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("nothing received yet");
      first.connect(server.localAddress());
      second.connect(server.localAddress());
      for (UdpSocket client : new UdpSocket[] {first, second, second, first}) {
        client.send(Ends.message(5));
        receive(server, 9);
        assertThat(server.sender()).isEqualTo(client.localAddress());
      }
      server.sendTo(Ends.message(6), server.sender());
      assertThat(receive(first, 9)).isEqualTo(Ends.message(6));
      assertThat(first.sender()).isEqualTo(server.localAddress());
    }
  }

  @Test
  void aConnectedSocketHearsItsPeerAlone() throws Exception {
    try (Ends ends = way.open();
        UdpSocket stranger = open()) {
      stranger.sendTo(Ends.message(7), ends.near().localAddress());
      ends.far().send(Ends.message(5));
      assertThat(receive(ends.near(), 9)).isEqualTo(Ends.message(5));
    }
  }

  @Test
  void aPeerThatIsGoneRefusesAndTheSocketStaysUsable() throws Exception {
    try (UdpSocket client = open()) {
      InetSocketAddress peer = portThatNobodyHas();
      client.connect(peer);
      client.send(Ends.message(5));
      assertThat(way.start(() -> client.receive(ByteBuffer.allocate(9), 9)).error())
          .isEqualTo(SocketError.REFUSED);
      assertThat(client.isOpen()).isTrue();

      try (UdpSocket revived = open()) {
        revived.bind(peer);
        client.send(Ends.message(5));
        assertThat(receive(revived, 9)).isEqualTo(Ends.message(5));
      }
    }
  }

  @Test
  void theLongestDatagramHas65507Bytes() throws Exception {
    try (Ends ends = way.open()) {
      assertThat(way.run(() -> ends.near().send(Ends.message(65_507)))).isEqualTo(65_507);
      assertThat(receive(ends.far(), 128)).isEqualTo(Ends.message(65_507).limit(128));
      assertThat(ends.far().truncated()).isTrue();
      assertThat(way.start(() -> ends.near().send(Ends.message(65_508))).error())
          .isEqualTo(SocketError.MESSAGE_TOO_LONG);
      assertThat(ends.near().isOpen()).isTrue();
    }
    try (UdpSocket socket = open()) {
      InetSocketAddress anywhere = Ends.at("127.0.0.1", 9);
      assertThat(way.start(() -> socket.sendTo(Ends.message(65_508), anywhere)).error())
          .isEqualTo(SocketError.MESSAGE_TOO_LONG);
    }
  }

  @Test
  void aBroadcastIsForbidden() throws Exception {
    try (UdpSocket socket = open()) {
      InetSocketAddress loopbackBroadcast = Ends.at("127.255.255.255", 9);
      assertThat(way.start(() -> socket.sendTo(Ends.message(1), loopbackBroadcast)).error())
          .isEqualTo(SocketError.PERMISSION_DENIED);
    }
  }

  @Test
  void aDatagramToTheOtherFamilyFailsAndTheNextIsSent() throws Exception {
    try (UdpSocket receiver = open();
        UdpSocket socket = open()) {
      receiver.bind(Ends.anyPort(AddressFamily.INET));
      InetSocketAddress ipv6 = Ends.at("::1", 9);
      assertThat(way.start(() -> socket.sendTo(Ends.message(1), ipv6)).error())
          .isEqualTo(SocketError.WRONG_FAMILY);
      assertThat(way.run(() -> socket.sendTo(Ends.message(1), receiver.localAddress())))
          .isEqualTo(1);
    }
  }

  @Test
  void anAddressOfTheOtherFamilyFailsAndClosesTheSocket() throws Exception {
    try (UdpSocket socket = open()) {
      InetSocketAddress ipv6 = Ends.anyPort(AddressFamily.INET6);
      assertThat(
              way.start(
                      () -> {
                        socket.connect(ipv6);
                        return 0;
                      })
                  .error())
          .isEqualTo(SocketError.WRONG_FAMILY);
      assertThat(socket.isOpen()).isFalse();
    }
  }

  @Test
  void connectingByNameTriesEveryAddress() throws Exception {
    try (UdpSocket server = open()) {
      server.bind(Ends.anyPort(AddressFamily.INET));
      Address named = new Address(Transport.UDP, "localhost", server.localAddress().getPort());
      try (UdpSocket socket = way.run(() -> UdpSocket.connected(named, way.udp()))) {
        assertThat(socket.fiveTuple().transport()).isEqualTo(Transport.UDP);
      }
    }
  }

  @Test
  void aSocketServesTheOtherKindOfThreadToo() throws Exception {
    try (Ends ends = way.open()) {
      for (ThreadKind threads :
          new ThreadKind[] {way.threads(), ThreadKind.PLATFORM, ThreadKind.VIRTUAL}) {
        Call<Integer> receive =
            Call.start(threads, () -> ends.far().receive(ByteBuffer.allocate(9), 9));
        receive.awaitInside("receiveFrom");
        ends.near().send(Ends.message(5));
        assertThat(receive.result()).isEqualTo(5);
      }
    }
  }

  @Test
  void reopenedItHasItsPortAndItsPeerAgain() throws Exception {
    try (Ends ends = way.open()) {
      UdpSocket before = ends.nearUdp();
      before.close();
      try (UdpSocket again = way.run(before::reopened)) {
        assertThat(again.fiveTuple()).isEqualTo(before.fiveTuple());
        ends.far().send(Ends.message(5));
        assertThat(receive(again, 9)).isEqualTo(Ends.message(5));
      }
    }
  }

  @Test
  void reopenedAfterAnotherTookItsPortItHasANewOne() throws Exception {
    try (Ends ends = way.open();
        UdpSocket other = open()) {
      UdpSocket before = ends.nearUdp();
      before.close();
      other.bind(before.fiveTuple().local());
      try (UdpSocket again = way.run(before::reopened)) {
        assertThat(again.fiveTuple().remote()).isEqualTo(before.fiveTuple().remote());
        assertThat(again.localAddress()).isNotEqualTo(other.localAddress());
      }
    }
  }

  @Test
  void theReceiveBufferIsWhatTheSystemGranted() throws Exception {
    UdpConfig config = way.udp().withReceiveBufferBytes(1 << 16);
    try (UdpSocket socket = UdpSocket.open(AddressFamily.INET, config)) {
      assertThat(socket.receiveBufferBytes()).isGreaterThanOrEqualTo(1 << 16);
    }
  }

  private InetSocketAddress portThatNobodyHas() throws Exception {
    try (UdpSocket holder = open()) {
      holder.bind(Ends.anyPort(AddressFamily.INET));
      return holder.localAddress();
    }
  }

  private UdpSocket open() throws SocketFailure {
    return UdpSocket.open(AddressFamily.INET, way.udp());
  }

  private ByteBuffer receive(BlockingSocket socket, int limit) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(limit);
    way.run(() -> socket.receive(buffer, limit));
    return buffer.flip();
  }
}
