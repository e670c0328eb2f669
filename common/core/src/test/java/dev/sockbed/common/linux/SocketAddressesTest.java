package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SocketAddressesTest {
  private static final int SCOPE_OFFSET = 24;

  private final SocketAddresses addresses = new SocketAddresses(true);

  private static InetSocketAddress onLink(int scope) throws UnknownHostException {
    byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
    return new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, scope), 5000);
  }

  @Test
  void equalAddressesOfTwoLinksAreEachSentToOnTheirOwn() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SocketAddresses.BYTES, Long.BYTES);
      for (int scope : new int[] {2, 3, 2}) {
        addresses.encode(onLink(scope), name, 0);

        assertThat(name.get(JAVA_INT, SCOPE_OFFSET)).isEqualTo(scope);
        assertThat(scopeOf(addresses.decode(name, 0))).isEqualTo(scope);
      }
    }
  }

  private static int scopeOf(InetSocketAddress decoded) {
    return ((Inet6Address) decoded.getAddress()).getScopeId();
  }
}
