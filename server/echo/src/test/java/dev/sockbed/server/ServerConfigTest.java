package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ServerConfigTest {
  private static final TcpEchoServerConfig TCP = TcpEchoServerConfig.DEFAULT;
  private static final UdpEchoServerConfig UDP = UdpEchoServerConfig.DEFAULT;

  @Test
  void tcpDefaults() {
    assertThat(TCP.socket()).isEqualTo(TcpConfig.DEFAULT);
    assertThat(TCP.maxConnections()).isEqualTo(1000);
    assertThat(TCP.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(TCP.writeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(TCP.stopTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void udpDefaults() {
    assertThat(UDP.socket()).isEqualTo(UdpConfig.DEFAULT);
    assertThat(UDP.maxRepliesPerSecond()).isEqualTo(10_000);
    assertThat(UDP.limitLoopback()).isFalse();
    assertThat(UDP.stopTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void eachTcpValueCanBeSetAlone() {
    assertThat(TCP.withMaxConnections(3).maxConnections()).isEqualTo(3);
    assertThat(TCP.withIdleTimeout(Duration.ofMillis(7)).idleTimeout()).hasMillis(7);
    assertThat(TCP.withWriteTimeout(Duration.ofMillis(7)).writeTimeout()).hasMillis(7);
    assertThat(TCP.withWriteTimeout(Duration.ofMillis(7)).socket().sendTimeout()).hasMillis(7);
    assertThat(TCP.withStopTimeout(Duration.ZERO).stopTimeout()).isZero();
    assertThat(TCP.withSocket(TcpConfig.DEFAULT.withReceiveLimit(9)).socket().receiveLimit())
        .isEqualTo(9);
  }

  @Test
  void aSourceRateThatWasAskedForHoldsForLoopbackToo() {
    assertThat(UDP.withSourceRate(5).maxRepliesPerSecond()).isEqualTo(5);
    assertThat(UDP.withSourceRate(5).limitLoopback()).isTrue();
    assertThat(UDP.withStopTimeout(Duration.ZERO).stopTimeout()).isZero();
    assertThat(UDP.withSocket(UdpConfig.DEFAULT.withReceiveLimit(9)).socket().receiveLimit())
        .isEqualTo(9);
  }

  @Test
  void aServersReceiveIsNotTimed() {
    Duration second = Duration.ofSeconds(1);

    assertThat(TCP.withSocket(TcpConfig.DEFAULT.withReceiveTimeout(second)).socket())
        .isEqualTo(TcpConfig.DEFAULT);
    assertThat(UDP.withSocket(UdpConfig.DEFAULT.withReceiveTimeout(second)).socket())
        .isEqualTo(UdpConfig.DEFAULT);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThatThrownBy(() -> TCP.withMaxConnections(0)).hasMessageContaining("connection cap");
    assertThatThrownBy(() -> TCP.withIdleTimeout(Duration.ZERO))
        .hasMessageContaining("idle timeout");
    assertThatThrownBy(() -> TCP.withWriteTimeout(Duration.ZERO))
        .hasMessageContaining("write timeout");
    assertThatThrownBy(() -> TCP.withStopTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("stop timeout");
    assertThatThrownBy(() -> UDP.withSourceRate(0)).hasMessageContaining("reply rate");
    assertThatThrownBy(() -> UDP.withSourceRate(1_000_000_001)).hasMessageContaining("reply rate");
    assertThatThrownBy(() -> UDP.withStopTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("stop timeout");
  }
}
