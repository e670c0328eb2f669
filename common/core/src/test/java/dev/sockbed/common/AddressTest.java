package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address is good for once it is read. */
@Tag("unit")
class AddressTest {

  @Test
  void aLiteralAddressNeedsNobodyToBeAskedAndANameIsNone() {
    assertThat(Address.parse("udp://[::1]:9").literal())
        .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("::1"), 9));
    assertThat(Address.parse("tcp://0.0.0.0:0").literal().getAddress().isAnyLocalAddress())
        .isTrue();
    assertThatThrownBy(() -> Address.parse("tcp://localhost:9").literal())
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessageContaining("a name may stand for several");
  }

  @Test
  void theAddressOfASocketIsNumeric() throws UnknownHostException {
    byte[] ipv4 = {127, 0, 0, 1};
    InetAddress named = InetAddress.getByAddress("a.name.it.was.asked.by", ipv4);
    assertThat(Address.of(Transport.UDP, new InetSocketAddress(named, 7)))
        .hasToString("udp://127.0.0.1:7");
    assertThat(Address.of(Transport.TCP, new InetSocketAddress(Inet6Address.ofLiteral("::1"), 7)))
        .hasToString("tcp://[::1]:7");
  }

  @Test
  void theAddressOfASocketKeepsItsScope() throws Exception {
    byte[] linkLocal = new byte[16];
    linkLocal[0] = (byte) 0xfe;
    linkLocal[1] = (byte) 0x80;
    linkLocal[15] = 1;
    InetAddress byNumber = Inet6Address.getByAddress(null, linkLocal, 7);
    assertThat(Address.of(Transport.TCP, new InetSocketAddress(byNumber, 9)))
        .hasToString("tcp://[fe80::1%7]:9");

    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    InetAddress byName = InetAddress.ofLiteral("::1%" + loopback.getName());
    assertThat(Address.of(Transport.TCP, new InetSocketAddress(byName, 9)))
        .isEqualTo(Address.parse("tcp://[::1%" + loopback.getName() + "]:9"));
  }

  @Test
  void aNameThatWasNeverResolvedIsNoSocketsAddress() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("board.local", 9);
    assertThatThrownBy(() -> Address.of(Transport.TCP, unresolved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("board.local is not resolved");
  }

  @Test
  void onlyWhatCanListenIsATarget() {
    Address good = Address.parse("tcp://127.0.0.1:1");
    assertThat(good.asTarget()).isSameAs(good);
    assertNoTarget("tcp://127.0.0.1:0", "name the peer's port");
    assertNoTarget("udp://0.0.0.0:9", "name the peer's address");
    assertNoTarget("udp://[::]:9", "name the peer's address");
  }

  private static void assertNoTarget(String text, String fault) {
    assertThatThrownBy(() -> Address.parse(text).asTarget())
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessageContaining(text)
        .hasMessageContaining(fault);
  }

  @Test
  void theTransportCanBeExchanged() {
    assertThat(Address.parse("tcp://[::1]:9").withTransport(Transport.UDP))
        .isEqualTo(Address.parse("udp://[::1]:9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0"})
  void aNumericHostResolvesToItself(String host) throws Exception {
    assertThat(new Address(Transport.TCP, host, 9).resolve())
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral(host), 9));
  }

  @Test
  void aNameResolvesToEverythingTheResolverKnowsInItsOrder() throws Exception {
    InetSocketAddress[] expected =
        Stream.of(InetAddress.getAllByName("localhost"))
            .map(address -> new InetSocketAddress(address, 9))
            .toArray(InetSocketAddress[]::new);
    assertThat(Address.parse("udp://localhost:9").resolve()).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://no.such.host.invalid:9", "tcp://[fe80::1%nosuch0]:9"})
  void anUnknownHostIsNamed(String text) {
    Address address = Address.parse(text);
    assertThatThrownBy(address::resolve)
        .isInstanceOfSatisfying(
            SocketFailure.class,
            failure -> assertThat(failure.error()).isEqualTo(SocketError.UNKNOWN_HOST))
        .hasMessage("resolve " + address.host() + ": unknown host (EAI_NONAME)");
  }
}
