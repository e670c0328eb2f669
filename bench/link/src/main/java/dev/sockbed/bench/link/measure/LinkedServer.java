package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.Relay;
import dev.sockbed.bench.link.TcpRelay;
import dev.sockbed.bench.link.Toxics;
import dev.sockbed.bench.link.TunLink;
import dev.sockbed.bench.link.UdpRelay;
import dev.sockbed.bench.link.model.Counters;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An echo server in this process with an emulated link before it. */
final class LinkedServer implements AutoCloseable {
  private static final int PORT = 10_000;
  private static final int MOST_FROM_ONE_SOURCE = 1_000_000;

  private final EchoServer server;
  private final @Nullable TunLink tun;
  private final @Nullable Relay relay;

  private LinkedServer(EchoServer server, @Nullable TunLink tun, @Nullable Relay relay) {
    this.server = server;
    this.tun = tun;
    this.relay = relay;
  }

  /**
   * Starts both.
   *
   * @param variant whose options the server's sockets have, too
   * @param mode {@link LinkMode#AUTO} takes a relay where networks can't be made
   * @param receiveLimit the most that the server takes in one receive: a longer datagram is cut
   * @throws NotPermittedException if networks are asked for and this process may not make them
   * @throws NotOnThisSystemException if there are none
   */
  static LinkedServer open(
      Variant variant, Timeline timeline, long seed, LinkMode mode, int receiveLimit)
      throws SocketFailure {
    UdpEchoServerConfig udp =
        UdpEchoServerConfig.DEFAULT
            .withSocket(
                UdpConfig.DEFAULT.withReceiveLimit(
                    Math.min(receiveLimit, UdpConfig.LONGEST_DATAGRAM)))
            .withSourceRate(MOST_FROM_ONE_SOURCE);
    return open(variant, timeline, seed, mode, udp);
  }

  /**
   * The same.
   *
   * @param udp the server's settings over UDP; over TCP its receive limit
   */
  static LinkedServer open(
      Variant variant, Timeline timeline, long seed, LinkMode mode, UdpEchoServerConfig udp)
      throws SocketFailure {
    if (mode == LinkMode.RELAY) {
      return overRelay(variant, timeline, seed, udp);
    }
    TunLink tun;
    try {
      tun = TunLink.open(timeline, seed, null);
    } catch (NotPermittedException | NotOnThisSystemException e) {
      if (mode == LinkMode.TUN) {
        throw e;
      }
      return overRelay(variant, timeline, seed, udp);
    }
    try {
      Address inside = new Address(variant.transport(), TunLink.SERVER_ADDRESS, PORT);
      return new LinkedServer(tun.serverSide().make(() -> serve(inside, variant, udp)), tun, null);
    } catch (SocketFailure e) {
      tun.close();
      throw e;
    }
  }

  private static LinkedServer overRelay(
      Variant variant, Timeline timeline, long seed, UdpEchoServerConfig udp) throws SocketFailure {
    Address any = new Address(variant.transport(), "127.0.0.1", 0);
    EchoServer server = serve(any, variant, udp);
    try {
      Relay relay =
          switch (variant.transport()) {
            case TCP -> TcpRelay.open(any, server.address(), timeline, Toxics.NONE, seed);
            case UDP -> UdpRelay.open(any, server.address(), timeline, seed);
          };
      return new LinkedServer(server, null, relay);
    } catch (SocketFailure e) {
      server.close();
      throw e;
    }
  }

  private static EchoServer serve(Address address, Variant variant, UdpEchoServerConfig udp)
      throws SocketFailure {
    return switch (address.transport()) {
      case TCP ->
          TcpEchoServer.open(
              address,
              TcpEchoServerConfig.DEFAULT.withSocket(
                  variant.applied(
                      TcpConfig.DEFAULT.withReceiveLimit(udp.socket().receiveLimit()))));
      case UDP -> UdpEchoServer.open(address, udp);
    };
  }

  /** Where a client finds it. */
  Address address() {
    return relay == null ? server.address() : relay.address();
  }

  /** How the link is made. */
  LinkMode mode() {
    return tun == null ? LinkMode.RELAY : LinkMode.TUN;
  }

  /** Runs something where a client of it has to be. */
  <T> T asClient(Callable<T> work) throws Exception {
    return tun == null ? work.call() : tun.inClient(work);
  }

  Counters counters(Direction direction) {
    if (tun != null) {
      return tun.counters(direction);
    }
    return Objects.requireNonNull(relay).counters(direction);
  }

  /** The moment that is zero in the link's timeline. */
  long startNanos() {
    return tun == null ? Objects.requireNonNull(relay).startNanos() : tun.startNanos();
  }

  /** Packets that the emulator was too slow for. */
  long unfetched() {
    return tun == null ? Objects.requireNonNull(relay).unfetched() : tun.unfetched();
  }

  /** Segments that the system's TCP sent again, both ends together; null in a relay. */
  @Nullable Long tcpRetransmits() {
    return tun == null ? null : tun.tcpRetransmits();
  }

  @Override
  public void close() {
    if (relay != null) {
      relay.close();
    }
    server.close();
    if (tun != null) {
      tun.close();
    }
  }
}
