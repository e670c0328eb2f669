package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that can't begin to receive keeps neither its socket nor a thread. */
@Tag("socket")
@Timeout(60)
final class TcpPeerStartTest {
  @Test
  void aPeerThatCannotStartClosesItsSocket() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        TcpSocket socket = connected(server);
        Socket accepted = server.accept()) {
      // No limit that a person can give; it stands for the memory or the thread that is not there.
      TcpPeer peer = peer(socket, -1, Clock.systemUTC());

      assertThatThrownBy(() -> peer.start("")).isInstanceOf(IllegalArgumentException.class);

      assertThat(peer.state()).isEqualTo(PeerState.GONE);
      assertThat(socket.isOpen()).isFalse();
      assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aPeerThatCannotBeWrittenDownEndsWithItsConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        TcpSocket socket = connected(server)) {
      TcpPeer peer = peer(socket, 128, new FirstFailing());
      try (Socket _ = server.accept()) {
        assertThatThrownBy(() -> peer.start("")).isInstanceOf(OutOfMemoryError.class);
      }
      assertThat(peer.ended(Duration.ofSeconds(40))).isTrue();
    }
  }

  private static TcpSocket connected(ServerSocket server) throws Exception {
    return TcpSocket.connected(
        new Address(Transport.TCP, "127.0.0.1", server.getLocalPort()), TcpConfig.DEFAULT);
  }

  private static TcpPeer peer(TcpSocket socket, int receiveLimit, Clock clock) {
    Journal journal = new Journal(new Transcript(clock));
    return new TcpPeer(socket, receiveLimit, journal, new AutoReply(), _ -> {});
  }

  /** A transcript asks for the time of each row; there is no memory for the first. */
  private static final class FirstFailing extends Clock {
    private boolean failed; // Guarded by the transcript.

    @Override
    public Instant instant() {
      if (!failed) {
        failed = true;
        throw new OutOfMemoryError("planted");
      }
      return Instant.EPOCH;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
