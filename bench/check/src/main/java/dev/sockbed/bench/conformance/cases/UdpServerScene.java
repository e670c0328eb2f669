package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.bench.conformance.peers.UdpCheckPeer;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The callers of a UDP server in one case, by name.
 *
 * @see TcpServerScene
 */
public final class UdpServerScene implements Scene {
  private static final int FIRST_PORT_OF_PROGRAMS = 1024;
  private static final int LOW_PORTS_TRIED = 40;

  private final InetSocketAddress server;
  private final LocalEnd local;
  private final Limits limits;
  private final WireLog log = new WireLog();
  private final Boards boards;
  private final Map<String, UdpCaller> callers = new LinkedHashMap<>();
  private final AtomicInteger notAnsweredAtFirst = new AtomicInteger();
  private final Map<UdpCheckPeer, Boolean> open = new ConcurrentHashMap<>();
  private volatile boolean answersLate;

  /**
   * A scene without callers.
   *
   * @param local the address to send from, port 0
   */
  public UdpServerScene(InetSocketAddress server, LocalEnd local, Limits limits) {
    this.server = server;
    this.local = local;
    this.limits = limits;
    this.boards = new Boards(Address.of(Transport.UDP, server), local, limits, log);
  }

  /** Gives a caller a socket. */
  UdpCaller open(String name) throws Violation {
    try {
      return caller(name, UdpCheckPeer.bound(name, from(), log));
    } catch (SocketFailure e) {
      throw Violation.of(name + " has no socket: " + e.error().meaning());
    }
  }

  private InetSocketAddress from() {
    return local.addressOr(AddressFamily.of(server.getAddress()));
  }

  /**
   * Gives a caller a socket at an address that no other caller has, if the machine has such: on
   * Linux all of 127.0.0.0/8 is its own. Else at the usual one.
   */
  UdpCaller openElsewhere(String name) throws Violation {
    if (isIpv4Loopback(server.getAddress())) {
      byte[] bytes = {127, random(), random(), random()};
      try {
        InetSocketAddress other = new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
        return caller(name, UdpCheckPeer.bound(name, other, log));
      } catch (UnknownHostException | SocketFailure e) {
        log.event(name, "has no address of its own: " + e.getMessage());
      }
    }
    return open(name);
  }

  private static boolean isIpv4Loopback(InetAddress address) {
    return address instanceof Inet4Address && address.isLoopbackAddress();
  }

  private static byte random() {
    return (byte) ThreadLocalRandom.current().nextInt(2, 250);
  }

  /** Gives a caller a socket at another's address, and another port. */
  UdpCaller openBeside(String name, String other) throws Violation {
    InetSocketAddress beside =
        new InetSocketAddress(caller(other).peer().address().getAddress(), 0);
    try {
      return caller(name, UdpCheckPeer.bound(name, beside, log));
    } catch (SocketFailure e) {
      throw Violation.of(name + " has no socket: " + e.error().meaning());
    }
  }

  /**
   * Gives a caller a socket at a port where services live.
   *
   * @throws Undecided if this process may not have one
   */
  UdpCaller openLowPort(String name) throws Undecided {
    for (int port = FIRST_PORT_OF_PROGRAMS - 1;
        port > FIRST_PORT_OF_PROGRAMS - LOW_PORTS_TRIED;
        port--) {
      try {
        InetSocketAddress low = new InetSocketAddress(from().getAddress(), port);
        return caller(name, UdpCheckPeer.bound(name, low, log));
      } catch (SocketFailure e) {
        if (e.error() == SocketError.PERMISSION_DENIED) {
          throw Undecided.skipped("a port below 1024 takes a permission that the checker lacks");
        }
        log.event(name, "port " + port + ": " + e.error().meaning());
      }
    }
    throw Undecided.skipped("no port below 1024 is free here");
  }

  private UdpCaller caller(String name, UdpCheckPeer peer) {
    open.put(peer, true);
    UdpCaller caller = new UdpCaller(peer, server, limits, notAnsweredAtFirst);
    callers.put(name, caller);
    return caller;
  }

  /** The caller of that name, which has a socket. */
  UdpCaller caller(String name) {
    UdpCaller caller = callers.get(name);
    if (caller == null) {
      throw new IllegalStateException(name + " has no socket: the case is wrong");
    }
    return caller;
  }

  /** Closes a caller's socket, and forgets it. */
  void leave(String name) {
    UdpCheckPeer peer = caller(name).peer();
    log.event(name, "closed");
    peer.close();
    callers.remove(name);
    open.remove(peer);
  }

  /** The boards that call, too. */
  Boards boards() {
    return boards;
  }

  Limits limits() {
    return limits;
  }

  /** No answer came in time, to a single caller that asked for nothing else. */
  void late() {
    answersLate = true;
  }

  @Override
  public boolean answersLate() {
    return answersLate;
  }

  @Override
  public WireLog log() {
    return log;
  }

  @Override
  public @Nullable String excuse() {
    int lost = notAnsweredAtFirst.get();
    return lost == 0 || limits.lossless()
        ? null
        : (lost == 1 ? "1 datagram was" : lost + " datagrams were")
            + " not answered the first time: the network loses some";
  }

  @Override
  public boolean goesOnWhileItMoves() {
    return limits.lossless();
  }

  /** Where datagrams are sent again and again since some are lost, {@link #excuse} says so. */
  @Override
  public boolean mayBeSlow() {
    return limits.lossless();
  }

  /** UDP has no end to look at. */
  @Override
  public @Nullable Closing end() {
    return null;
  }

  @Override
  public void close() {
    boards.close();
    open.keySet().forEach(UdpCheckPeer::close);
  }
}
