package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.net.InetSocketAddress;

/** The walk over all that {@code getaddrinfo} returned, until one of them can be connected to. */
final class FirstReachable {
  private FirstReachable() {}

  /** Opens a socket of one's own. */
  interface Opener<S extends BlockingSocket> {
    S open(AddressFamily family) throws SocketFailure;
  }

  /**
   * Tries the address's resolved addresses in order, each with a socket of its family.
   *
   * @return the first that is connected
   * @throws SocketFailure that of the last one tried, or {@link SocketError#UNKNOWN_HOST}
   */
  static <S extends BlockingSocket> S connected(Address address, Opener<S> opener)
      throws SocketFailure {
    SocketFailure last = null;
    for (InetSocketAddress remote : address.asTarget().resolve()) {
      try {
        S socket = opener.open(AddressFamily.of(remote.getAddress()));
        socket.connect(remote); // Which closes it if it fails.
        return socket;
      } catch (SocketFailure e) {
        last = e;
      }
    }
    throw last != null
        ? last
        : new SocketFailure(SocketError.UNKNOWN_HOST, "resolve " + address.host(), null);
  }
}
