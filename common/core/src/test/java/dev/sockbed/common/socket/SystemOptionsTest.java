package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.PacketOptions;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.NotPermittedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that the system has, as it tells them itself. */
@Tag("socket")
@EnabledOnOs(OS.LINUX)
class SystemOptionsTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final PacketOptions MARKED = new PacketOptions(46, 33, "lo");

  @Test
  void nothingIsSetUnlessItIsAskedFor() throws Exception {
    try (TcpSocket tcp = TcpSocket.open(AddressFamily.INET, TcpConfig.DEFAULT);
        UdpSocket udp = UdpSocket.open(AddressFamily.INET, UdpConfig.DEFAULT)) {
      GrantedOptions ofTcp = tcp.options();
      assertThat(ofTcp.noDelay()).isTrue();
      assertThat(ofTcp.keepAlive()).isFalse();
      assertThat(ofTcp.dscp()).isZero();
      assertThat(ofTcp.networkInterface()).isNull();
      assertThat(ofTcp.congestionControl()).isEqualTo(systems("tcp_congestion_control"));
      GrantedOptions ofUdp = udp.options();
      assertThat(ofUdp.dscp()).isZero();
      assertThat(ofUdp.ttl()).isEqualTo(Integer.valueOf(systems("ip_default_ttl")));
      assertThat(ofUdp.noDelay()).isNull();
      assertThat(ofUdp.congestionControl()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void bothEndsOfAConnectionHaveWhatWasAskedFor(String host) throws Exception {
    TcpConfig config =
        TcpConfig.DEFAULT
            .withNoDelay(false)
            .withKeepAlive(true)
            .withCongestionControl("reno")
            .withSendBufferBytes(20_000)
            .withReceiveBufferBytes(30_000)
            .withPackets(MARKED);
    InetSocketAddress local = new InetSocketAddress(InetAddress.getByName(host), 0);
    AddressFamily family = AddressFamily.of(local.getAddress());
    try (TcpListener listener = TcpListener.open(family, config);
        TcpSocket client = TcpSocket.open(family, config)) {
      listener.bind(local);
      listener.listen(1);
      client.connect(listener.localAddress());
      try (TcpSocket accepted = listener.accept()) {
        for (TcpSocket end : new TcpSocket[] {client, accepted}) {
          GrantedOptions options = end.options();
          assertThat(options.noDelay()).isFalse();
          assertThat(options.keepAlive()).isTrue();
          assertThat(options.congestionControl()).isEqualTo("reno");
          assertThat(options.sendBufferBytes()).isEqualTo(20_000);
          assertThat(options.receiveBufferBytes()).isEqualTo(30_000);
          assertThat(options.dscp()).isEqualTo(46);
          assertThat(options.ttl()).isEqualTo(33);
          assertThat(options.networkInterface()).isEqualTo("lo");
        }
        assertThat(socketStatistics(client))
            .as("what another program sees of it")
            .contains("reno", "timer:(keepalive", "%lo");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void datagramsHaveWhatWasAskedFor(String host) throws Exception {
    UdpConfig config = UdpConfig.DEFAULT.withSendBufferBytes(20_000).withPackets(MARKED);
    InetSocketAddress local = new InetSocketAddress(InetAddress.getByName(host), 0);
    try (UdpSocket socket = UdpSocket.open(AddressFamily.of(local.getAddress()), config)) {
      socket.bind(local);
      GrantedOptions options = socket.options();
      assertThat(options.sendBufferBytes()).isEqualTo(20_000);
      assertThat(options.dscp()).isEqualTo(46);
      assertThat(options.ttl()).isEqualTo(33);
      assertThat(options.networkInterface()).isEqualTo("lo");
      assertThat(options)
          .hasToString(
              "send buffer 20000 bytes, receive buffer %d bytes, DSCP 46, TTL 33, interface lo"
                  .formatted(options.receiveBufferBytes()));
    }
  }

  @Test
  void whatComesIsAcknowledgedAtOnceAgainAfterEachReceive() throws Exception {
    TcpConfig config = TcpConfig.DEFAULT.withQuickAck(true);
    try (TcpListener listener = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT);
        TcpSocket client = TcpSocket.open(AddressFamily.INET, config)) {
      listener.bind(LOOPBACK);
      listener.listen(1);
      client.connect(listener.localAddress());
      ByteBuffer buffer = ByteBuffer.allocateDirect(1);
      try (TcpSocket server = listener.accept()) {
        boolean delays = false;
        for (int i = 0; i < 40; i++) {
          client.send(buffer.clear());
          server.receive(buffer.clear(), 1);
          server.send(buffer.clear());
          client.receive(buffer.clear(), 1);
          assertThat(client.options().quickAck()).isTrue();
          delays |= Boolean.FALSE.equals(server.options().quickAck());
        }
        assertThat(delays).as("without the option the system goes over to delaying").isTrue();
      }
    }
  }

  @Test
  void aCongestionControlThatIsNotThereIsToldWithThoseThatAre() throws IOException {
    TcpConfig config = TcpConfig.DEFAULT.withCongestionControl("none_such");
    assertThatThrownBy(() -> TcpSocket.open(AddressFamily.INET, config))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("can't use the congestion control none_such")
        .hasMessageContaining(systems("tcp_available_congestion_control"));
    assertThatThrownBy(() -> TcpListener.open(AddressFamily.INET, config))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void anInterfaceThatIsNotThereIsTold() {
    UdpConfig config = UdpConfig.DEFAULT.withPackets(new PacketOptions(null, null, "none_such"));
    assertThatThrownBy(() -> UdpSocket.open(AddressFamily.INET, config))
        .isInstanceOf(NotPermittedException.class)
        .hasMessageContaining("can't use the interface none_such");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256, -1})
  void aTtlOutOfRangeIsRefused(int ttl) {
    assertThatThrownBy(() -> new PacketOptions(null, ttl, null))
        .hasMessage("the TTL must be 1 to 255, not " + ttl);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 64})
  void aCodePointOutOfRangeIsRefused(int dscp) {
    assertThatThrownBy(() -> new PacketOptions(dscp, null, null))
        .hasMessage("the DSCP must be 0 to 63, not " + dscp);
  }

  private static String systems(String name) throws IOException {
    try (InputStream file = Files.newInputStream(Path.of("/proc/sys/net/ipv4", name))) {
      byte[] once = new byte[1_000]; // A number that is read byte by byte ends after the first.
      return new String(once, 0, file.read(once), StandardCharsets.UTF_8).strip();
    }
  }

  private static String socketStatistics(TcpSocket socket) throws SocketFailure {
    String port = "sport = :" + socket.fiveTuple().local().getPort();
    try {
      Process ss = new ProcessBuilder("ss", "-H", "-t", "-i", "-n", "-o", port).start();
      String text = new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(ss.waitFor(40, TimeUnit.SECONDS)).isTrue();
      return text;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
