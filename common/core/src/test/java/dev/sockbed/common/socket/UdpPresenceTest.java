package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which of a name's addresses a UDP peer is looked for at. */
@Tag("socket")
final class UdpPresenceTest {
  @Test
  void anAddressThatRefusesComesAfterOneThatIsSilent() throws SocketFailure {
    try (UdpSocket silent = bound("::1")) {
      InetSocketAddress there = silent.localAddress();
      InetSocketAddress refusing = at("127.0.0.1", FreePort.at("127.0.0.1"));

      assertThat(UdpPresence.presentFirst(List.of(refusing, there), LocalEnd.ANY))
          .containsExactly(there, refusing);
    }
  }

  @Test
  void oneThatAnswersIsTakenBeforeOneThatIsSilent() throws Exception {
    Call<Integer> echo;
    try (UdpSocket silent = bound("127.0.0.1");
        UdpSocket answering = bound("::1")) {
      List<InetSocketAddress> both = List.of(silent.localAddress(), answering.localAddress());
      echo = Call.start(ThreadKind.PLATFORM, () -> echoUntilClosed(answering));

      // On a busy machine an answer may be later than is waited for.
      await()
          .atMost(Call.PATIENCE)
          .untilAsserted(() ->
              assertThat(UdpPresence.presentFirst(both, LocalEnd.ANY))
                  .containsExactly(answering.localAddress()));
    }
    assertThat(echo.result()).as("bytes that it was asked with").isZero();
  }

  @Test
  void ofTheSilentOnesTheFirstIsTaken() throws SocketFailure {
    try (UdpSocket first = bound("127.0.0.1");
        UdpSocket second = bound("::1")) {
      List<InetSocketAddress> both = List.of(first.localAddress(), second.localAddress());

      assertThat(UdpPresence.presentFirst(both, LocalEnd.ANY)).isEqualTo(both);
    }
  }

  @Test
  void theOnlyAddressIsSentNothing() throws Exception {
    try (UdpSocket peer = bound("127.0.0.1");
        UdpSocket client = UdpSocket.open(AddressFamily.INET, UdpConfig.DEFAULT)) {
      List<InetSocketAddress> only = List.of(peer.localAddress());

      assertThat(UdpPresence.presentFirst(only, LocalEnd.ANY)).isEqualTo(only);

      client.sendTo(ByteBuffer.wrap(new byte[] {1}), peer.localAddress());
      // The first that comes is the client's own.
      assertThat(peer.receiveFrom(ByteBuffer.allocateDirect(8), 8)).isEqualTo(1);
    }
  }

  /** Gives the length of the longest datagram that came. */
  private static int echoUntilClosed(UdpSocket socket) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(8);
    int longest = 0;
    try {
      while (true) {
        longest = Math.max(longest, socket.receiveFrom(buffer.clear(), 8));
        socket.sendTo(buffer.flip(), socket.sender());
      }
    } catch (SocketFailure closed) {
      return longest;
    }
  }

  private static UdpSocket bound(String host) throws SocketFailure {
    UdpSocket socket =
        UdpSocket.open(AddressFamily.of(InetAddress.ofLiteral(host)), UdpConfig.DEFAULT);
    socket.bind(at(host, 0));
    return socket;
  }

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }
}
