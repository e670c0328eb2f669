package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Call;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("socket")
class TcpInfoTest {
  private static final int ROUND_TRIPS = 20;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aConnectionIsFollowedThroughItsLife() throws Exception {
    try (ServerSocketChannel listener = listen();
        SocketChannel near = SocketChannel.open(listener.getLocalAddress());
        SocketChannel far = listener.accept()) {
      for (int i = 0; i < ROUND_TRIPS; i++) {
        pass(near, far);
        pass(far, near);
      }
      TcpInfo info = info(near);
      assertThat(info.state()).isEqualTo(TcpState.ESTABLISHED);
      // The system counts whole microseconds, and round trips on loopback may all be as long.
      await()
          .atMost(Call.PATIENCE)
          .untilAsserted(() -> {
            pass(near, far);
            pass(far, near);
            assertThat(info(near).smoothedRttMicros()).isBetween(1L, 10_000_000L);
            assertThat(info(near).rttVariationMicros()).isBetween(1L, 10_000_000L);
          });
      assertThat(info.congestionWindowSegments()).isGreaterThanOrEqualTo(1);
      assertThat(info.segmentBytes()).isBetween(500L, 65_535L);
      assertThat(info.lostSegments()).isZero();
      assertThat(info.retransmitted()).isZero();
      await()
          .atMost(Call.PATIENCE)
          .untilAsserted(() -> assertThat(info(near).unacknowledgedSegments()).isZero());

      near.shutdownOutput();
      awaitState(near, TcpState.FIN_WAIT_2);
      awaitState(far, TcpState.CLOSE_WAIT);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsNotConnectedHasAStateToo() throws Exception {
    try (SocketChannel unconnected = SocketChannel.open()) {
      assertThat(info(unconnected).state()).isEqualTo(TcpState.CLOSED);
    }
  }

  @Test
  void aClosedChannelHasNone() throws Exception {
    SocketChannel channel = SocketChannel.open();
    channel.close();
    assertThat(TcpInfo.of(channel)).isNull();
  }

  @Test
  @DisabledOnOs(OS.LINUX)
  void elsewhereThereIsNone() throws Exception {
    try (SocketChannel channel = SocketChannel.open()) {
      assertThat(TcpInfo.of(channel)).isNull();
    }
  }

  @Test
  void statesAreNumberedAsLinuxDoes() {
    assertThat(TcpState.of(1)).isEqualTo(TcpState.ESTABLISHED);
    assertThat(TcpState.of(6)).isEqualTo(TcpState.TIME_WAIT);
    assertThat(TcpState.of(7)).isEqualTo(TcpState.CLOSED);
    assertThat(TcpState.of(10)).isEqualTo(TcpState.LISTEN);
    assertThat(TcpState.of(11)).isEqualTo(TcpState.CLOSING);
    assertThat(TcpState.of(0)).isEqualTo(TcpState.UNKNOWN);
    assertThat(TcpState.of(12)).isEqualTo(TcpState.UNKNOWN);
    assertThat(TcpState.of(-1)).isEqualTo(TcpState.UNKNOWN);
  }

  private static ServerSocketChannel listen() throws Exception {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static void pass(SocketChannel from, SocketChannel to) throws Exception {
    from.write(ByteBuffer.allocate(1));
    to.read(ByteBuffer.allocate(1));
  }

  private static TcpInfo info(SocketChannel channel) {
    return Objects.requireNonNull(TcpInfo.of(channel));
  }

  private static void awaitState(SocketChannel channel, TcpState state) {
    await()
        .atMost(Call.PATIENCE)
        .untilAsserted(() -> assertThat(info(channel).state()).isEqualTo(state));
  }
}
