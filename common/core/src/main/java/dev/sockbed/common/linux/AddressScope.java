package dev.sockbed.common.linux;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The link that an IPv6 address belongs to: {@code sin6_scope_id}. The JDK leaves it out when it
 * compares addresses.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4007">RFC 4007</a>
 */
public final class AddressScope {
  private AddressScope() {}

  /**
   * The number of the interface that a link-local or multicast IPv6 address belongs to; 0 for all
   * others, also where the JDK names one: it does for all of this machine's own addresses.
   */
  public static int of(@Nullable InetSocketAddress end) {
    return end != null
            && end.getAddress() instanceof Inet6Address inet6
            && (inet6.isLinkLocalAddress() || inet6.isMulticastAddress())
        ? inet6.getScopeId()
        : 0;
  }

  /** Whether both are the same address, scope and port, or none; allocates nothing. */
  public static boolean same(@Nullable InetSocketAddress one, @Nullable InetSocketAddress other) {
    return Objects.equals(one, other) && of(one) == of(other);
  }
}
