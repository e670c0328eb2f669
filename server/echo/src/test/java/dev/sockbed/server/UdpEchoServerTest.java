package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Datagrams of every length, and those that are not answered.
 *
 * @see TcpEchoServerTest
 */
@ParameterizedClass
@MethodSource("dev.sockbed.server.Way#all")
@Tag("socket")
class UdpEchoServerTest extends EchoServerContract {
  private static final int LIMIT = 128;

  @Override
  Transport transport() {
    return Transport.UDP;
  }

  private UdpEchoServerConfig config() {
    return UdpEchoServerConfig.DEFAULT.withSocket(
        UdpConfig.DEFAULT.withThreads(way.threads()).withWaiting(way.waiting()).withIo(way.io()));
  }

  @Override
  UdpEchoServer open(Address local) throws SocketFailure {
    return UdpEchoServer.open(local, config());
  }

  @Override
  UdpCaller call(Address server) throws IOException {
    return UdpCaller.of(server);
  }

  @Test
  void datagramsUpToTheLimitComeBackWholeAndLongerOnesCutAndCounted() throws IOException {
    try (UdpEchoServer server = open(anyPort());
        UdpCaller caller = call(server.address())) {
      int sent = 0;
      int cut = 0;
      for (int length : lengths().toArray()) {
        byte[] message = message(length, 7);
        caller.send(message);
        assertThat(caller.receive(length))
            .as("the echo of %d bytes", length)
            .isEqualTo(Arrays.copyOf(message, Math.min(length, LIMIT)));
        sent++;
        cut += length > LIMIT ? 1 : 0;
      }

      assertThat(server.counters().receives()).isEqualTo(sent);
      assertThat(server.counters().truncated()).isEqualTo(cut);
      assertThat(server.counters().dropped()).isEmpty();
    }
  }

  /** All around the limit, empty ones too; then in steps, to the longest there is. */
  private static IntStream lengths() {
    return IntStream.concat(
        IntStream.rangeClosed(0, 300),
        IntStream.concat(IntStream.iterate(511, n -> n < 65_507, n -> n * 2 + 1), tail()));
  }

  private static IntStream tail() {
    return IntStream.of(1472, 1473, 65_506, 65_507);
  }

  @Test
  void withTheHighestLimitTheLongestDatagramComesBackWhole() throws IOException {
    UdpEchoServerConfig config =
        config().withSocket(config().socket().withReceiveLimit(UdpConfig.LONGEST_DATAGRAM));
    try (UdpEchoServer server = UdpEchoServer.open(anyPort(), config);
        UdpCaller caller = call(server.address())) {
      byte[] message = message(UdpConfig.LONGEST_DATAGRAM, 1);
      caller.send(message);

      assertThat(caller.receive(message.length)).isEqualTo(message);
      assertThat(server.counters().truncated()).isZero();
    }
  }

  @Test
  void aSourceOverItsRateIsNotAnsweredAndAnotherIs() throws IOException {
    try (UdpEchoServer server = UdpEchoServer.open(anyPort(), config().withSourceRate(1));
        UdpCaller caller = call(server.address())) {
      byte[] message = message(10, 1);
      for (int i = 0; i < 50; i++) {
        caller.send(message);
      }
      assertThat(caller.receive(10)).isEqualTo(message);
      await().atMost(PATIENCE).until(() -> server.counters().receives() == 50);

      // At one token a second, a run of less than 49 seconds can't have answered them all.
      assertThat(server.counters().dropped(DropReason.RATE_LIMIT)).isBetween(1L, 49L);
    }
  }

  @Test
  void ofDatagramsThatCameTogetherNoMoreAreAnsweredThanTheRateAllows() throws IOException {
    UdpConfig together = UdpConfig.DEFAULT.withIo(IoMode.AUTO);
    try (UdpEchoServer server = UdpEchoServer.open(anyPort(), config().withSourceRate(3));
        UdpSocket caller = UdpSocket.connected(server.address(), together)) {
      ByteBuffer messages = ByteBuffer.wrap(message(40 * 100, 1));
      assertThat(caller.enqueueRun(messages, 100, null)).isTrue();
      caller.flush();
      await().atMost(PATIENCE).until(() -> server.counters().receives() == 40);

      // At three tokens a second, a run of less than 12 seconds can't have answered them all.
      long dropped = server.counters().dropped(DropReason.RATE_LIMIT);
      assertThat(dropped).isBetween(1L, 37L);
      ByteBuffer reply = ByteBuffer.allocateDirect(LIMIT);
      for (int i = 0; i < 40 - dropped; i++) {
        assertThat(caller.receive(reply.clear(), LIMIT)).isEqualTo(100);
        assertThat(reply.flip()).isEqualTo(messages.duplicate().clear().slice(i * 100, 100));
      }
    }
  }

  @Test
  void loopbackIsNotLimitedUnlessARateWasAskedFor() throws IOException {
    UdpEchoServerConfig once =
        new UdpEchoServerConfig(config().socket(), 1, false, PATIENCE, false);
    try (UdpEchoServer server = UdpEchoServer.open(anyPort(), once);
        UdpCaller caller = call(server.address())) {
      for (int i = 0; i < 20; i++) {
        caller.send(message(10, i));
        assertThat(caller.receive(10)).isEqualTo(message(10, i));
      }
    }
  }

  @Test
  void aWildcardIsRefusedSinceItAnswersFromTheWrongAddress() {
    for (String wildcard : new String[] {"0.0.0.0", "::"}) {
      assertThatThrownBy(() -> open(new Address(Transport.UDP, wildcard, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("wildcard");
    }
  }
}
