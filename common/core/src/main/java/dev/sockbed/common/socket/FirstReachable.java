package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.LocalEnd;
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
   * @param local what each socket is bound to before
   * @return the first that is connected
   * @throws SocketFailure that of the last one tried
   */
  static <S extends BlockingSocket> S connected(
      List<InetSocketAddress> remotes, LocalEnd local, Opener<S> opener) throws SocketFailure {
    SocketFailure last = null;
    for (InetSocketAddress remote : remotes) {
      try {
        S socket = opener.open(AddressFamily.of(remote.getAddress()));
        bind(socket, local);
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

  /**
   * Gives a socket the local address that is asked for, if one is.
   *
   * @throws SocketFailure as of {@link BlockingSocket#bind}; the socket is closed then
   */
  static void bind(BlockingSocket socket, LocalEnd local) throws SocketFailure {
    InetSocketAddress address = local.address();
    if (address == null) {
      return;
    }
    try {
      socket.bind(address);
    } catch (SocketFailure e) {
      socket.close();
      throw e;
    }
  }
}
