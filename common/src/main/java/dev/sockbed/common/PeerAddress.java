package dev.sockbed.common;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a peer is: address, scope and port. The JDK leaves the scope out when it compares addresses,
 * though {@code fe80::1%eth0} and {@code fe80::1%eth1} are two machines on two links (RFC 4007).
 *
 * @param address the address
 * @param scope the number of the interface that a link-local or multicast IPv6 address belongs to;
 *     else 0, also where the JDK names one: it does for all of this machine's own addresses
 * @param port the port
 */
public record PeerAddress(InetAddress address, int scope, int port) {

  /** That of a socket's peer. */
  public static PeerAddress of(InetSocketAddress peer) {
    return new PeerAddress(peer.getAddress(), scopeOf(peer), peer.getPort());
  }

  /** Whether both are the same peer, or none; allocates nothing. */
  public static boolean same(@Nullable InetSocketAddress one, @Nullable InetSocketAddress other) {
    return Objects.equals(one, other) && scopeOf(one) == scopeOf(other);
  }

  private static int scopeOf(@Nullable InetSocketAddress peer) {
    return peer != null
            && peer.getAddress() instanceof Inet6Address inet6
            && (inet6.isLinkLocalAddress() || inet6.isMulticastAddress())
        ? inet6.getScopeId()
        : 0;
  }
}
