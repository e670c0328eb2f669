package dev.sockbed.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a UDP echo server answers. A datagram's source can be forged, and an echo sent to a forged
 * source hits a stranger, or another echo service that answers back (CERT CA-1996-01,
 * CVE-2024-2169).
 */
final class ReplyRule {
  private static final int FIRST_PORT_OF_PROGRAMS = 1024;

  private final InetSocketAddress own;
  private final Set<InetAddress> broadcasts;
  private final SourceRate rate;
  private final boolean limitLoopback;

  /**
   * @param own the server's address
   * @param broadcasts the broadcast addresses of this machine's networks
   * @param limitLoopback whether the rate holds for loopback sources too
   */
  ReplyRule(
      InetSocketAddress own, Set<InetAddress> broadcasts, SourceRate rate, boolean limitLoopback) {
    this.own = own;
    this.broadcasts = Set.copyOf(broadcasts);
    this.rate = rate;
    this.limitLoopback = limitLoopback;
  }

  /** The rule for a server on this machine. */
  static ReplyRule of(InetSocketAddress own, UdpEchoServerConfig config) throws SocketException {
    SourceRate rate = new SourceRate(config.maxRepliesPerSecond(), System.nanoTime());
    return new ReplyRule(own, broadcastsOfThisMachine(), rate, config.limitLoopback());
  }

  /**
   * Why that source must not be answered.
   *
   * @return null if it may be, which has then used one of its replies
   */
  @Nullable DropReason against(InetSocketAddress source) {
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
    if (source.equals(own)) {
      return DropReason.OWN_ADDRESS;
    }
    boolean limited = limitLoopback || !address.isLoopbackAddress();
    return limited && !rate.take(address, System.nanoTime()) ? DropReason.RATE_LIMIT : null;
  }

  private static Set<InetAddress> broadcastsOfThisMachine() throws SocketException {
    Set<InetAddress> broadcasts = new HashSet<>();
    broadcasts.add(InetAddress.ofLiteral("255.255.255.255"));
    NetworkInterface.networkInterfaces()
        .flatMap(network -> network.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getBroadcast)
        .filter(Objects::nonNull)
        .filter(broadcast -> !broadcast.isAnyLocalAddress())
        .forEach(broadcasts::add);
    return broadcasts;
  }
}
