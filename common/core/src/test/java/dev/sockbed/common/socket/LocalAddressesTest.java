package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LocalAddressesTest {
  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 9000);
  }

  @Test
  void everyAddressOfANameIsListenedOnOnce() throws SocketFailure {
    List<InetSocketAddress> named = List.of(at("127.0.0.1"), at("::1"), at("127.0.0.1"));

    assertThat(LocalAddresses.of(Transport.TCP, named))
        .containsExactly(Address.parse("tcp://127.0.0.1:9000"), Address.parse("tcp://[::1]:9000"));
    assertThat(LocalAddresses.of(Transport.UDP, named))
        .containsExactly(Address.parse("udp://127.0.0.1:9000"), Address.parse("udp://[::1]:9000"));
  }

  @Test
  void equalLinkLocalAddressesOfTwoLinksAreTwo() throws Exception {
    byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
    List<InetSocketAddress> named =
        List.of(
            new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 7001), 9000),
            new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 7002), 9000));

    assertThat(LocalAddresses.of(Transport.UDP, named))
        .extracting(Address::host)
        .containsExactly("fe80::1%7001", "fe80::1%7002");
  }

  @Test
  void theWildcardStaysOneAddressForTcp() throws SocketFailure {
    assertThat(LocalAddresses.of(Transport.TCP, List.of(at("0.0.0.0"))))
        .containsExactly(Address.parse("tcp://0.0.0.0:9000"));
  }

  @Test
  void theWildcardIsEveryAddressOfThisMachineForUdp() throws SocketFailure {
    List<Address> locals = LocalAddresses.of(Transport.UDP, List.of(at("0.0.0.0")));

    assertThat(locals).contains(Address.parse("udp://127.0.0.1:9000"));
    assertThat(locals).noneMatch(local -> local.host().equals("0.0.0.0"));
    assertThat(locals).noneMatch(local -> local.host().contains(":"));
    assertThat(locals).doesNotHaveDuplicates();
  }

  @Test
  void theIpv6WildcardTakesIpv4TooAsItDoesForTcp() throws SocketFailure {
    List<Address> locals = LocalAddresses.of(Transport.UDP, List.of(at("::")));

    assertThat(locals).contains(Address.parse("udp://127.0.0.1:9000"));
    assertThat(locals).noneMatch(local -> local.host().equals("::"));
  }
}
