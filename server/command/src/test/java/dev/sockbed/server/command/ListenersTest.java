package dev.sockbed.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("socket")
class ListenersTest {
  private static final List<Address> BOTH_ON_ANY_PORT =
      List.of(Address.parse("tcp://127.0.0.1:0"), Address.parse("udp://127.0.0.1:0"));

  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  private static EchoServer open(Address local) throws SocketFailure {
    return switch (local.transport()) {
      case TCP -> TcpEchoServer.open(local, TcpEchoServerConfig.DEFAULT);
      case UDP -> UdpEchoServer.open(local, UdpEchoServerConfig.DEFAULT);
    };
  }

  @Test
  void onePortIsPickedForAll() throws SocketFailure {
    try (Listeners listeners = Listeners.open(BOTH_ON_ANY_PORT, ListenersTest::open)) {
      assertThat(listeners.addresses())
          .extracting(Address::transport)
          .containsExactly(Transport.TCP, Transport.UDP);
      assertThat(listeners.addresses()).extracting(Address::port).doesNotContain(0);
      assertThat(listeners.addresses().stream().map(Address::port).distinct()).hasSize(1);
    }
  }

  @Test
  void aPickThatIsTakenForAnotherIsMadeAgain() throws SocketFailure {
    List<Address> asked = new ArrayList<>();
    Listeners.Opener udpIsTakenOnce =
        local -> {
          asked.add(local);
          if (asked.size() == 2) {
            throw new SocketFailure(SocketError.ADDRESS_IN_USE, "bind " + local, null);
          }
          return open(local);
        };
    try (Listeners listeners = Listeners.open(BOTH_ON_ANY_PORT, udpIsTakenOnce)) {
      assertThat(listeners.addresses()).hasSize(2);
      assertThat(asked).hasSize(4);
      assertThat(asked.get(2)).isEqualTo(BOTH_ON_ANY_PORT.getFirst());
    }
  }

  @Test
  void afterManyPicksItGivesUp() {
    List<Address> asked = new ArrayList<>();
    Listeners.Opener udpIsAlwaysTaken =
        local -> {
          asked.add(local);
          if (local.transport() == Transport.UDP) {
            throw new SocketFailure(SocketError.ADDRESS_IN_USE, "bind " + local, null);
          }
          return open(local);
        };

    assertThatThrownBy(() -> Listeners.open(BOTH_ON_ANY_PORT, udpIsAlwaysTaken))
        .isInstanceOf(SocketFailure.class);
    assertThat(asked).hasSize(32);
  }

  @Test
  void aPortThatWasAskedForIsTriedOnce() throws SocketFailure {
    Address udp = new Address(Transport.UDP, "127.0.0.1", FreePort.at("127.0.0.1"));
    try (EchoServer _ = open(udp)) {
      List<Address> asked = new ArrayList<>();
      Listeners.Opener counting =
          local -> {
            asked.add(local);
            return open(local);
          };

      assertThatThrownBy(
              () -> Listeners.open(List.of(udp.withTransport(Transport.TCP), udp), counting))
          .isInstanceOf(SocketFailure.class)
          .hasMessageContaining(udp.toString());
      assertThat(asked).hasSize(2);
    }
  }
}
