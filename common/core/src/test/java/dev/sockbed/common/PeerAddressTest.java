package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PeerAddressTest {
  private static InetSocketAddress onLink(int scope, int port) throws UnknownHostException {
    byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
    return new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, scope), port);
  }

  @Test
  void equalAddressesOfTwoLinksAreTwoPeersThoughTheJdkFindsThemEqual() throws Exception {
    assertThat(onLink(2, 5000)).isEqualTo(onLink(3, 5000));

    assertThat(PeerAddress.of(onLink(2, 5000))).isNotEqualTo(PeerAddress.of(onLink(3, 5000)));
    assertThat(PeerAddress.same(onLink(2, 5000), onLink(3, 5000))).isFalse();
  }

  @Test
  void anAddressThatIsEverywhereTheSameHasNoScope() throws Exception {
    byte[] loopback = InetAddress.ofLiteral("::1").getAddress();
    InetSocketAddress listed =
        new InetSocketAddress(Inet6Address.getByAddress(null, loopback, 1), 5000);
    InetSocketAddress received = new InetSocketAddress(InetAddress.ofLiteral("::1"), 5000);

    assertThat(PeerAddress.of(listed)).isEqualTo(PeerAddress.of(received));
    assertThat(PeerAddress.same(listed, received)).isTrue();
  }

  @Test
  void thePeerIsTheSameIfAddressScopeAndPortAre() throws Exception {
    assertThat(PeerAddress.of(onLink(2, 5000))).isEqualTo(PeerAddress.of(onLink(2, 5000)));
    assertThat(PeerAddress.same(onLink(2, 5000), onLink(2, 5000))).isTrue();
    assertThat(PeerAddress.same(onLink(2, 5000), onLink(2, 5001))).isFalse();
    assertThat(PeerAddress.same(onLink(2, 5000), null)).isFalse();
    assertThat(PeerAddress.same(null, null)).isTrue();
  }
}
