package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/**
 * On which addresses to listen when a host is named: on all that the name stands for.
 *
 * @see Reachable the rule for names to connect to
 */
public final class LocalAddresses {
  private LocalAddresses() {}

  /**
   * One address for each listener of a name or address, all with its port.
   *
   * @throws SocketFailure {@link dev.sockbed.common.SocketError#UNKNOWN_HOST}, or this machine's
   *     interfaces can't be listed
   */
  public static List<Address> of(Address named) throws SocketFailure {
    return of(named.transport(), named.resolve());
  }

  /**
   * One address for each listener. A wildcard stays one for TCP, whose connections know which
   * address was asked. For UDP it becomes every address that this machine has now, because a socket
   * on a wildcard answers from an address of the system's choice.
   *
   * @param named what a host name stands for
   * @throws SocketFailure if this machine's interfaces can't be listed
   */
  public static List<Address> of(Transport transport, List<InetSocketAddress> named)
      throws SocketFailure {
    try {
      Stream.Builder<InetSocketAddress> locals = Stream.builder();
      for (InetSocketAddress local : named) {
        if (transport == Transport.UDP && local.getAddress().isAnyLocalAddress()) {
          ofThisMachine(AddressFamily.of(local.getAddress()))
              .map(address -> new InetSocketAddress(address, local.getPort()))
              .forEach(locals);
        } else {
          locals.add(local);
        }
      }
      // As text, which has the scope: equal link-local addresses of two links are two.
      return locals.build().map(local -> Address.of(transport, local)).distinct().toList();
    } catch (SocketException e) {
      throw SocketFailure.of("list this machine's interfaces", e);
    }
  }

  /** The IPv6 wildcard takes IPv4 too, as a TCP listener on it does. */
  private static Stream<InetAddress> ofThisMachine(AddressFamily wildcard) throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address ->
            wildcard == AddressFamily.INET6 || AddressFamily.of(address) == AddressFamily.INET);
  }
}
