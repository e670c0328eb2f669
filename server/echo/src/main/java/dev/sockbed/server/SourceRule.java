package dev.sockbed.server;

import dev.sockbed.common.PeerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sources of datagrams may be answered without a person's asking. A source can be forged, and
 * an answer to a forged source hits a stranger, or another service that answers back (CERT
 * CA-1996-01, CVE-2024-2169).
 */
public final class SourceRule {
  private static final int FIRST_PORT_OF_PROGRAMS = 1024;

  private final int ownPort;

  /** With their scopes: a link-local address of ours may be another machine's on another link. */
  private final Set<PeerAddress> own;

  private final Set<InetAddress> broadcasts;

  /**
   * A rule that knows this machine.
   *
   * @param ownPort the port of whoever answers
   * @param own its addresses
   * @param broadcasts the broadcast addresses of this machine's networks
   */
  SourceRule(int ownPort, Collection<InetAddress> own, Set<InetAddress> broadcasts) {
    this.ownPort = ownPort;
    this.own =
        own.stream()
            .map(address -> PeerAddress.of(new InetSocketAddress(address, ownPort)))
            .collect(Collectors.toUnmodifiableSet());
    this.broadcasts = Set.copyOf(broadcasts);
  }

  /**
   * The rule for a socket of this machine.
   *
   * @param bound where it is bound; on the wildcard, all of this machine's addresses are its own
   * @throws SocketException if this machine's interfaces can't be listed
   */
  public static SourceRule of(InetSocketAddress bound) throws SocketException {
    List<InetAddress> own = new ArrayList<>(List.of(bound.getAddress()));
    Set<InetAddress> broadcasts = new HashSet<>(Set.of(InetAddress.ofLiteral("255.255.255.255")));
    List<InterfaceAddress> here =
        NetworkInterface.networkInterfaces()
            .flatMap(network -> network.getInterfaceAddresses().stream())
            .toList();
    if (bound.getAddress().isAnyLocalAddress()) {
      here.forEach(address -> own.add(address.getAddress()));
    }
    here.stream()
        .map(InterfaceAddress::getBroadcast)
        .filter(Objects::nonNull)
        .filter(broadcast -> !broadcast.isAnyLocalAddress())
        .forEach(broadcasts::add);
    return new SourceRule(bound.getPort(), own, broadcasts);
  }

  /**
   * Why that source must not be answered.
   *
   * @return null if it may be
   */
  public @Nullable DropReason against(InetSocketAddress source) {
    InetAddress address = source.getAddress();
    if (source.getPort() == 0) {
      return DropReason.PORT_ZERO;
    }
    if (source.getPort() < FIRST_PORT_OF_PROGRAMS) {
      return DropReason.SERVICE_PORT;
    }
    if (address.isMulticastAddress()
        || address.isAnyLocalAddress()
        || broadcasts.contains(address)) {
      return DropReason.NOT_UNICAST;
    }
    return source.getPort() == ownPort && own.contains(PeerAddress.of(source))
        ? DropReason.OWN_ADDRESS
        : null;
  }
}
