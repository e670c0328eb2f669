package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketFailure;
import java.net.InetSocketAddress;
import java.util.List;

/** The walk over all that {@code getaddrinfo} returned, until one of them can be connected to. */
final class FirstReachable {
  private FirstReachable() {}

  /** Opens a socket of one's own. */
  interface Opener<S extends BlockingSocket> {
    S open(AddressFamily family) throws SocketFailure;
  }

  /**
   * Tries addresses in order, each with a socket of its family.
   *
   * @param remotes at least one
   * @return the first that is connected
   * @throws SocketFailure that of the last one tried
   */
  static <S extends BlockingSocket> S connected(List<InetSocketAddress> remotes, Opener<S> opener)
      throws SocketFailure {
    SocketFailure last = null;
    for (InetSocketAddress remote : remotes) {
      try {
        S socket = opener.open(AddressFamily.of(remote.getAddress()));
        socket.connect(remote); // Which closes it if it fails.
        return socket;
      } catch (SocketFailure e) {
        last = e;
      }
    }
    if (last == null) {
      throw new IllegalArgumentException("no address to connect to");
    }
    throw last;
  }
}
