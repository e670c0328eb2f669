package dev.sockbed.client.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stack with room for four datagrams keeps. */
@Timeout(60)
@Tag("socket")
class DatagramQueueTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  private DatagramSocket peer;
  private UdpSocket socket;

  @BeforeEach
  void connect() throws Exception {
    peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Address address = Address.parse("udp://127.0.0.1:" + peer.getLocalPort());
    socket = UdpSocket.connected(address, UdpConfig.DEFAULT.withReceiveLimit(100));
  }

  @AfterEach
  void close() {
    peer.close();
    socket.close();
  }

  @Test
  void theFirstFourThatComeAreKeptAndTheOthersAreDropped() throws Exception {
    DatagramQueue queue = queue(Duration.ZERO);

    for (int i = 1; i <= 6; i++) {
      send("datagram " + i);
    }
    await().atMost(LONG).until(() -> queue.dropped() == 2);

    for (int i = 1; i <= 4; i++) {
      assertThat(queue.next()).asString(US_ASCII).isEqualTo("datagram " + i);
    }
    send("datagram 7");
    assertThat(queue.next()).asString(US_ASCII).isEqualTo("datagram 7");
    assertThat(queue.dropped()).isEqualTo(2);
  }

  @Test
  void oneThatIsLongerThanTheStackCarriesIsNotEvenQueued() throws Exception {
    DatagramQueue queue = queue(Duration.ZERO);

    send("x".repeat(101));
    send("y".repeat(100));

    assertThat(queue.next()).asString(US_ASCII).isEqualTo("y".repeat(100));
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void whereNothingComesAReceiveTimesOut() {
    DatagramQueue queue = queue(Duration.ofMillis(10));

    assertThatThrownBy(queue::next)
        .isInstanceOfSatisfying(
            SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.TIMED_OUT));
  }

  @Test
  void whatWaitsIsStillReceivedWhenTheSocketHasFailed() throws Exception {
    DatagramQueue queue = queue(Duration.ZERO);
    for (int i = 0; i < 5; i++) {
      send("last words");
    }
    await().atMost(LONG).until(() -> queue.dropped() == 1);

    socket.close();

    assertThat(queue.next()).asString(US_ASCII).isEqualTo("last words");
    for (int i = 1; i < 4; i++) {
      queue.next();
    }
    assertThatThrownBy(queue::next)
        .isInstanceOfSatisfying(
            SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.CLOSED));
  }

  private DatagramQueue queue(Duration timeout) {
    return new DatagramQueue(socket, ThreadKind.PLATFORM, 4, 100, timeout);
  }

  private void send(String text) throws Exception {
    byte[] bytes = text.getBytes(US_ASCII);
    peer.send(new DatagramPacket(bytes, bytes.length, socket.localAddress()));
  }
}
