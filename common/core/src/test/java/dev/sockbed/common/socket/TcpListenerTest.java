package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.Leftovers;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening, accepting and connecting. */
@Tag("socket")
class TcpListenerTest {
  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource
  void anAcceptedSocketIsSetUpAsTheListenerWas(ThreadKind threads) throws Exception {
    TcpConfig config = TcpConfig.DEFAULT.withReceiveLimit(16).withReceiveBufferBytes(1 << 16);
    try (TcpListener listener = listening(config);
        TcpSocket client = TcpSocket.open(AddressFamily.INET, config)) {
      Call<TcpSocket> accept = Call.start(threads, listener::accept).awaitInside("accept");
      client.connect(listener.localAddress());
      try (TcpSocket accepted = accept.result()) {
        assertThat(accepted.fiveTuple().reversed()).isEqualTo(client.fiveTuple());
        assertThat(accepted.receiveBufferBytes()).isGreaterThanOrEqualTo(1 << 16);
        assertThatThrownBy(() -> accepted.receive(Ends.message(17), 17))
            .hasMessage("receive limit 17: must be 1 to 16");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingEndsAnAcceptThatWaits(ThreadKind threads) throws Exception {
    TcpListener listener = listening(TcpConfig.DEFAULT);
    Call<TcpSocket> accept = Call.start(threads, listener::accept).awaitInside("accept");
    listener.close();
    listener.close();
    assertThat(accept.error()).isEqualTo(SocketError.CLOSED);
  }

  @ParameterizedTest
  @EnumSource
  void interruptingAnAcceptClosesTheListener(ThreadKind threads) throws Exception {
    try (TcpListener listener = listening(TcpConfig.DEFAULT)) {
      InetSocketAddress address = listener.localAddress();
      Call<TcpSocket> accept = Call.start(threads, listener::accept).awaitInside("accept");
      accept.thread().interrupt();
      assertThat(accept.error()).isEqualTo(SocketError.CLOSED);
      assertThatThrownBy(() -> TcpSocket.connected(asAddress(address), TcpConfig.DEFAULT))
          .hasMessageContaining("ECONNREFUSED");
    }
  }

  @Test
  void aFailedAcceptNamesTheAddressAndPortThatWerePicked() throws Exception {
    TcpListener listener = listening(TcpConfig.DEFAULT);
    String address = asAddress(listener.localAddress()).toString();
    listener.close();
    assertThatThrownBy(listener::accept)
        .isInstanceOf(SocketFailure.class)
        .hasMessage("accept on " + address + ": closed by this end (EBADF)");
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (TcpListener holder = listening(TcpConfig.DEFAULT);
        TcpListener second = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
      second.bind(holder.localAddress());
      assertThatThrownBy(() -> second.listen(1))
          .isInstanceOf(SocketFailure.class)
          .hasMessage(
              "listen %s: the address is in use by another socket (EADDRINUSE)",
              asAddress(holder.localAddress()));
    }
  }

  @Test
  void aPortWhoseOldConnectionsLingerCanBeListenedOnAgain() throws Exception {
    InetSocketAddress address;
    try (TcpListener first = listening(TcpConfig.DEFAULT);
        TcpSocket client = TcpSocket.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
      address = first.localAddress();
      client.connect(address);
      first.accept().close(); // This side closes first, so TIME_WAIT stays on the port.
    }
    try (TcpListener second = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
      second.bind(address);
      second.listen(1);
      assertThat(second.localAddress()).isEqualTo(address);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNotAvailable() throws Exception {
    try (TcpListener listener = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT);
        TcpSocket socket = TcpSocket.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
      InetSocketAddress documentationOnly = Ends.at("203.0.113.1", 0);
      listener.bind(documentationOnly);
      assertThat(error(() -> listener.listen(1))).isEqualTo(SocketError.ADDRESS_NOT_AVAILABLE);
      assertThat(error(() -> socket.bind(documentationOnly)))
          .isEqualTo(SocketError.ADDRESS_NOT_AVAILABLE);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPortOfTheSystemIsForbidden() throws Exception {
    String user = Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    Assumptions.assumeFalse(user.equals("0"), "nothing is forbidden to root");
    try (TcpListener listener = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
      listener.bind(Ends.at("127.0.0.1", 1));
      assertThat(error(() -> listener.listen(1))).isEqualTo(SocketError.PERMISSION_DENIED);
    }
  }

  @Test
  void listeningComesAfterBinding() throws Exception {
    try (TcpListener listener = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
      assertThatThrownBy(() -> listener.listen(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("bind first");
      listener.bind(Ends.anyPort(AddressFamily.INET));
      assertThatThrownBy(listener::localAddress).hasMessage("not bound");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aBacklogBelowOneIsRefusedAndNotTakenForFifty(int backlog) throws Exception {
    try (TcpListener listener = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
      listener.bind(Ends.anyPort(AddressFamily.INET));
      assertThatThrownBy(() -> listener.listen(backlog))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the backlog must be at least 1, not " + backlog);
    }
  }

  /** Linux drops the SYN of a connection that its full queue has no room for. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void connectingToAFullQueueTimesOut() throws Exception {
    TcpConfig config = TcpConfig.DEFAULT.withConnectTimeout(Duration.ofMillis(150));
    List<TcpSocket> queued = new ArrayList<>();
    try (TcpListener listener = listening(config)) {
      Address address = asAddress(listener.localAddress());
      assertThatThrownBy(
              () -> {
                queued.add(TcpSocket.connected(address, TcpConfig.DEFAULT));
                while (queued.size() < 16) {
                  queued.add(TcpSocket.connected(address, config));
                }
              })
          .isInstanceOf(SocketFailure.class)
          .hasMessage("connect " + address + ": timed out (ETIMEDOUT)");
      assertThat(queued).isNotEmpty();
    } finally {
      queued.forEach(TcpSocket::close);
    }
  }

  @Test
  void onlyATargetIsConnectedTo() {
    Address noPort = Address.parse("tcp://127.0.0.1:0");
    assertThatThrownBy(() -> TcpSocket.connected(noPort, TcpConfig.DEFAULT))
        .isInstanceOf(AddressSyntaxException.class);
  }

  private static TcpListener listening(TcpConfig config) throws Exception {
    TcpListener listener = TcpListener.open(AddressFamily.INET, config);
    listener.bind(Ends.anyPort(AddressFamily.INET));
    listener.listen(1);
    return listener;
  }

  private static Address asAddress(InetSocketAddress address) {
    return Address.of(Transport.TCP, address);
  }

  private interface Failing {
    void run() throws SocketFailure;
  }

  private static SocketError error(Failing call) {
    try {
      call.run();
    } catch (SocketFailure e) {
      return e.error();
    }
    throw new AssertionError("it did not fail");
  }
}
