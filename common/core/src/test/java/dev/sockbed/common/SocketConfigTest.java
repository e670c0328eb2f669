package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SocketConfigTest {
  private static final Duration NEGATIVE = Duration.ofMillis(-1);
  private static final Duration TOO_LONG = Duration.ofDays(366);

  private static final SharedConfig CHANGED =
      new SharedConfig(
          1,
          Duration.ofMillis(2),
          Duration.ofMillis(3),
          new SharedConfig.Buffers(5, 6),
          new PacketOptions(46, 7, "lo"),
          new LocalEnd(AddressFamily.INET6, null),
          ThreadKind.VIRTUAL,
          WaitStrategy.SPIN,
          IoMode.AUTO.onThisSystem());

  @Test
  void theDefaultsOfTcp() {
    TcpConfig config = TcpConfig.DEFAULT;
    assertThat(config.transport()).isEqualTo(Transport.TCP);
    assertThat(config.receiveLimit()).isEqualTo(128);
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.receiveTimeout()).isEqualTo(Duration.ZERO);
    assertThat(config.sendTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.sendBufferBytes()).isZero();
    assertThat(config.receiveBufferBytes()).isZero();
    assertThat(config.noDelay()).isTrue();
    assertThat(config.quickAck()).isFalse();
    assertThat(config.keepAlive()).isFalse();
    assertThat(config.congestionControl()).isNull();
    assertThat(config.shared().packets()).isEqualTo(new PacketOptions(null, null, null));
    assertThat(config.shared().local()).isEqualTo(new LocalEnd(null, null));
    assertThat(config.backlog()).isEqualTo(4_096);
    assertThat(config.threads()).isEqualTo(ThreadKind.PLATFORM);
    assertThat(config.waiting()).isEqualTo(WaitStrategy.BLOCK);
    assertThat(config.io()).isEqualTo(IoMode.PLAIN);
  }

  @Test
  void theDefaultsOfUdp() {
    UdpConfig config = UdpConfig.DEFAULT;
    assertThat(config.transport()).isEqualTo(Transport.UDP);
    assertThat(config.receiveLimit()).isEqualTo(128);
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.receiveTimeout()).isEqualTo(Duration.ZERO);
    assertThat(config.sendBufferBytes()).isZero();
    assertThat(config.receiveBufferBytes()).isEqualTo(4 << 20);
    assertThat(config.threads()).isEqualTo(ThreadKind.PLATFORM);
    assertThat(config.waiting()).isEqualTo(WaitStrategy.BLOCK);
    assertThat(config.io()).isEqualTo(IoMode.PLAIN);
  }

  @Test
  void eachValueOfTcpCanBeChangedAlone() {
    TcpConfig changed =
        changed(TcpConfig.DEFAULT)
            .withSendTimeout(Duration.ofMillis(4))
            .withNoDelay(false)
            .withQuickAck(true)
            .withKeepAlive(true)
            .withCongestionControl("reno")
            .withBacklog(7);
    assertThat(changed)
        .isEqualTo(new TcpConfig(CHANGED, Duration.ofMillis(4), false, true, true, "reno", 7));
  }

  @Test
  void eachValueOfUdpCanBeChangedAlone() {
    assertThat(changed(UdpConfig.DEFAULT)).isEqualTo(new UdpConfig(CHANGED));
  }

  private static <C extends SharedChanges<C>> C changed(C config) {
    return config
        .withReceiveLimit(1)
        .withConnectTimeout(Duration.ofMillis(2))
        .withReceiveTimeout(Duration.ofMillis(3))
        .withSendBufferBytes(5)
        .withReceiveBufferBytes(6)
        .withPackets(new PacketOptions(46, 7, "lo"))
        .withLocal(new LocalEnd(AddressFamily.INET6, null))
        .withThreads(ThreadKind.VIRTUAL)
        .withWaiting(WaitStrategy.SPIN)
        .withIo(IoMode.AUTO);
  }

  @Test
  void theOuterBoundsAreGood() {
    assertThat(TcpConfig.DEFAULT.withReceiveLimit(16 << 20).receiveLimit()).isEqualTo(16 << 20);
    assertThat(UdpConfig.DEFAULT.withReceiveLimit(65_507).receiveLimit()).isEqualTo(65_507);
    assertThat(TcpConfig.DEFAULT.withReceiveTimeout(Duration.ofDays(365)).receiveTimeout())
        .isEqualTo(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aReceiveLimitBelowOneIsRefused(int limit) {
    assertRefused(
        () -> TcpConfig.DEFAULT.withReceiveLimit(limit),
        "the receive limit over tcp must be 1 to 16777216 bytes, not " + limit);
    assertRefused(
        () -> UdpConfig.DEFAULT.withReceiveLimit(limit),
        "the receive limit over udp must be 1 to 65507 bytes, not " + limit);
  }

  @Test
  void aReceiveLimitBeyondTheTransportIsRefused() {
    assertRefused(
        () -> TcpConfig.DEFAULT.withReceiveLimit((16 << 20) + 1),
        "the receive limit over tcp must be 1 to 16777216 bytes, not 16777217");
    assertRefused(
        () -> UdpConfig.DEFAULT.withReceiveLimit(65_508),
        "the receive limit over udp must be 1 to 65507 bytes, not 65508");
  }

  @Test
  void aNegativeValueIsRefusedByItsName() {
    TcpConfig tcp = TcpConfig.DEFAULT;
    UdpConfig udp = UdpConfig.DEFAULT;
    String negative = " must not be negative: -1";
    assertRefused(() -> tcp.withConnectTimeout(NEGATIVE), "the connect timeout" + negative + " ms");
    assertRefused(() -> udp.withConnectTimeout(NEGATIVE), "the connect timeout" + negative + " ms");
    assertRefused(() -> tcp.withReceiveTimeout(NEGATIVE), "the receive timeout" + negative + " ms");
    assertRefused(() -> udp.withReceiveTimeout(NEGATIVE), "the receive timeout" + negative + " ms");
    assertRefused(() -> tcp.withSendTimeout(NEGATIVE), "the send timeout" + negative + " ms");
    assertRefused(() -> tcp.withSendBufferBytes(-1), "the send buffer" + negative);
    assertRefused(() -> udp.withSendBufferBytes(-1), "the send buffer" + negative);
    assertRefused(() -> tcp.withReceiveBufferBytes(-1), "the receive buffer" + negative);
    assertRefused(() -> udp.withReceiveBufferBytes(-1), "the receive buffer" + negative);
    assertRefused(() -> tcp.withBacklog(0), "the backlog must be at least 1, not 0");
  }

  @Test
  void aTimeoutThatCannotBeCountedInNanosecondsIsRefusedByItsName() {
    String tooLong = " must be at most 8760 h, not 8784 h";
    TcpConfig tcp = TcpConfig.DEFAULT;
    assertRefused(() -> tcp.withConnectTimeout(TOO_LONG), "the connect timeout" + tooLong);
    assertRefused(() -> tcp.withReceiveTimeout(TOO_LONG), "the receive timeout" + tooLong);
    assertRefused(() -> tcp.withSendTimeout(TOO_LONG), "the send timeout" + tooLong);
    assertRefused(
        () -> UdpConfig.DEFAULT.withReceiveTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
        "the receive timeout must be at most 8760 h, not 2562047788015215 h");
  }

  private static void assertRefused(ThrowingCallable change, String message) {
    assertThatThrownBy(change).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
