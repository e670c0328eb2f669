package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The one rule for a peer's name that stands for several addresses: they are tried in the order of
 * {@link Address#resolve}. Over TCP the first that a connection can be made to is the peer, over
 * UDP the first that answers an empty datagram, or else the first that does not refuse it. {@link
 * TcpSocket#connected} and {@link UdpSocket#connected} keep it; this is for callers that need to
 * know the address before, so that all that follows goes to the same peer.
 *
 * @see LocalAddresses the rule for names to listen on
 */
public final class Reachable {
  private Reachable() {}

  /**
   * The peer's address. It is looked for only if the name stands for several; then a connection is
   * made and closed again.
   *
   * @param local from where it is to be reached; the port is left to others
   * @throws SocketFailure that of the last address tried, or {@link
   *     dev.sockbed.common.SocketError#UNKNOWN_HOST}
   */
  public static InetSocketAddress of(Address target, LocalEnd local) throws SocketFailure {
    List<InetSocketAddress> all = local.remotes(target);
    if (all.size() == 1) {
      return all.getFirst();
    }
    try (BlockingSocket socket = connected(target, local.withoutPort())) {
      return socket.fiveTuple().remote();
    }
  }

  private static BlockingSocket connected(Address target, LocalEnd local) throws SocketFailure {
    return switch (target.transport()) {
      case TCP -> TcpSocket.connected(target, TcpConfig.DEFAULT.withLocal(local));
      case UDP -> UdpSocket.connected(target, UdpConfig.DEFAULT.withLocal(local));
    };
  }

  /**
   * The target itself if it stands for one address, so that it is still told by its name; else the
   * address of {@link #of}.
   *
   * @throws SocketFailure as of {@link #of}
   */
  public static Address settled(Address target, LocalEnd local) throws SocketFailure {
    return target.asTarget().resolve().size() == 1
        ? target
        : Address.of(target.transport(), of(target, local));
  }
}
