package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.Relay;
import dev.sockbed.bench.link.TcpRelay;
import dev.sockbed.bench.link.Toxics;
import dev.sockbed.bench.link.TunLink;
import dev.sockbed.bench.link.UdpRelay;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A server in this process with an emulated link before it: an echo server, or another. */
public final class LinkedServer implements AutoCloseable {
  private static final int PORT = 10_000;
  private static final int MOST_FROM_ONE_SOURCE = 1_000_000;

  private final Closeable server;
  private final Address inside;
  private final @Nullable TunLink tun;
  private final @Nullable Relay relay;

  private LinkedServer(Serving serving, @Nullable TunLink tun, @Nullable Relay relay) {
    this.server = serving.server();
    this.inside = serving.address();
    this.tun = tun;
    this.relay = relay;
  }

  /** A server that listens, and where. */
  public record Serving(Closeable server, Address address) {}

  /** Makes the server in the network where it has to be. */
  public interface Opener {
    /** Listens there; port 0 picks one. */
    Serving open(Address local) throws SocketFailure;
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
    return open(
        variant.transport(),
        timeline,
        seed,
        mode,
        local -> {
          EchoServer server = serve(local, variant, udp);
          return new Serving(server, server.address());
        });
  }

  /**
   * Starts a server and a link before it.
   *
   * @param mode {@link LinkMode#AUTO} takes a relay where networks can't be made
   * @throws NotPermittedException if networks are asked for and this process may not make them
   * @throws NotOnThisSystemException if there are none
   */
  public static LinkedServer open(
      Transport transport, Timeline timeline, long seed, LinkMode mode, Opener opener)
      throws SocketFailure {
    if (mode == LinkMode.RELAY) {
      return overRelay(transport, timeline, seed, opener);
    }
    TunLink tun;
    try {
      tun = TunLink.open(timeline, seed, null);
    } catch (NotPermittedException | NotOnThisSystemException e) {
      if (mode == LinkMode.TUN) {
        throw e;
      }
      return overRelay(transport, timeline, seed, opener);
    }
    try {
      Address local = new Address(transport, TunLink.SERVER_ADDRESS, PORT);
      return new LinkedServer(tun.serverSide().make(() -> opener.open(local)), tun, null);
    } catch (SocketFailure e) {
      tun.close();
      throw e;
    }
  }

  private static LinkedServer overRelay(
      Transport transport, Timeline timeline, long seed, Opener opener) throws SocketFailure {
    Address any = new Address(transport, "127.0.0.1", 0);
    Serving serving = opener.open(any);
    try {
      Relay relay =
          switch (transport) {
            case TCP -> TcpRelay.open(any, serving.address(), timeline, Toxics.NONE, seed);
            case UDP -> UdpRelay.open(any, serving.address(), timeline, seed);
          };
      return new LinkedServer(serving, null, relay);
    } catch (SocketFailure e) {
      close(serving.server());
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
  public Address address() {
    return relay == null ? inside : relay.address();
  }

  /** How the link is made. */
  public LinkMode mode() {
    return tun == null ? LinkMode.RELAY : LinkMode.TUN;
  }

  /** Runs something where a client of it has to be. */
  public <T> T asClient(Callable<T> work) throws Exception {
    return tun == null ? work.call() : tun.inClient(work);
  }

  /** What became of one direction's packets so far. */
  public PacketCounts counters(Direction direction) {
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
  public long unfetched() {
    return tun == null ? Objects.requireNonNull(relay).unfetched() : tun.unfetched();
  }

  /** Segments that the system's TCP sent again, both ends together; null in a relay. */
  public @Nullable Long tcpRetransmits() {
    return tun == null ? null : tun.tcpRetransmits();
  }

  @Override
  public void close() {
    if (relay != null) {
      relay.close();
    }
    close(server);
    if (tun != null) {
      tun.close();
    }
  }

  private static void close(Closeable server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // None of ours fails at that.
    }
  }
}
