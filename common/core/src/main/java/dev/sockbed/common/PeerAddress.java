package dev.sockbed.common;

import dev.sockbed.common.linux.AddressScope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    return new PeerAddress(peer.getAddress(), AddressScope.of(peer), peer.getPort());
  }

  /** Whether both are the same peer, or none; allocates nothing. */
  public static boolean same(@Nullable InetSocketAddress one, @Nullable InetSocketAddress other) {
    return AddressScope.same(one, other);
  }
}
