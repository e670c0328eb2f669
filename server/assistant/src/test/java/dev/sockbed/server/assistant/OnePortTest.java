package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.OnePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session at all addresses of a name is on the same port of each. */
@Tag("socket")
final class OnePortTest {
  private final List<InetSocketAddress> asked = new ArrayList<>();
  private final List<InetSocketAddress> closed = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void aSessionOnAnyPortIsOnTheSamePortOfEachAddress(Transport transport) throws SocketFailure {
    Session session = session(transport, List.of(at("127.0.0.1", 0), at("::1", 0)));
    try {
      List<Address> locals = session.localAddresses().stream().map(Address::parse).toList();

      assertThat(locals).extracting(Address::host).containsExactly("127.0.0.1", "::1");
      assertThat(locals.getFirst().port()).isPositive().isEqualTo(locals.getLast().port());
    } finally {
      session.close();
    }
  }

  private static Session session(Transport transport, List<InetSocketAddress> where)
      throws SocketFailure {
    Journal journal = new Journal(new Transcript(Clock.systemUTC()));
    return switch (transport) {
      case TCP -> TcpServerSession.open(where, TcpConfig.DEFAULT, journal, new AutoReply());
      case UDP -> UdpSession.open(where, UdpConfig.DEFAULT, journal, new AutoReply());
    };
  }

  @Test
  void aPickThatIsTakenForAnotherIsMadeAgain() throws SocketFailure {
    List<InetSocketAddress> opened = takenFor(4_001).at(List.of(at("127.0.0.1", 0), at("::1", 0)));

    assertThat(opened).containsExactly(at("127.0.0.1", 4_002), at("::1", 4_002));
    assertThat(closed).containsExactly(at("127.0.0.1", 4_001));
  }

  @Test
  void aPortThatWasAskedForIsTriedOnce() {
    assertThatThrownBy(() -> takenFor(4_005).at(List.of(at("127.0.0.1", 4_005), at("::1", 4_005))))
        .isInstanceOf(SocketFailure.class);
    assertThat(asked).hasSize(2);
    assertThat(closed).containsExactly(at("127.0.0.1", 4_005));
  }

  /** Picks 4001 and those that follow, of which one is taken at the address of IPv6. */
  private OnePort<InetSocketAddress> takenFor(int port) {
    return new OnePort<>(
        local -> {
          asked.add(local);
          if (local.equals(at("::1", port))) {
            throw new SocketFailure(SocketError.ADDRESS_IN_USE, "bind", null);
          }
          return local.getPort() == 0
              ? new InetSocketAddress(local.getAddress(), 4_001 + closed.size())
              : local;
        },
        InetSocketAddress::getPort,
        closed::add);
  }

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }
}
