package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.net.InetSocketAddress;

/** The walk over all that {@code getaddrinfo} returned, until one of them can be connected to. */
final class FirstReachable {
  private FirstReachable() {}

  /** Connects a socket of one's own to one resolved address. */
  interface Connector<S> {
    S connectTo(InetSocketAddress remote) throws SocketFailure;
  }

  /**
   * Tries the address's resolved addresses in order.
   *
   * @throws SocketFailure that of the last one tried, or {@link SocketError#UNKNOWN_HOST}
   */
  static <S> S of(Address address, Connector<S> connector) throws SocketFailure {
    SocketFailure last = null;
    for (InetSocketAddress remote : address.asTarget().resolve()) {
      try {
        return connector.connectTo(remote);
      } catch (SocketFailure e) {
        last = e;
      }
    }
    throw last != null
        ? last
        : new SocketFailure(SocketError.UNKNOWN_HOST, "resolve " + address.host(), null);
  }
}
