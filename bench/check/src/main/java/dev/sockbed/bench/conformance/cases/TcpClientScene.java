package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.ArrivalsRoom;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import dev.sockbed.bench.conformance.peers.TcpHost;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The checker as a TCP client's server, in one case.
 *
 * @see UdpClientScene
 */
public final class TcpClientScene extends ClientScene {
  /** Below the range that the system picks local ports from, so that nobody connects to itself. */
  private static final int FIRST_DEAD_PORT = 20_011;

  private static final int DEAD_PORTS_TRIED = 200;

  /** On all connections together: a client may open many and pour into each. */
  private static final int MOST_ARRIVALS_BYTES = 16 << 20;

  private static final Duration LOOK = Duration.ofMillis(5);

  /** After a client's end, how long its connection may take until it is seen. */
  private static final Duration STILL_ON_ITS_WAY = Duration.ofMillis(500);

  private final TcpHost host;
  private final Rehearsal rehearsal;
  private final boolean hostIsItsOwn;
  private final ArrivalsRoom room = new ArrivalsRoom(MOST_ARRIVALS_BYTES);
  private final Map<TcpCheckPeer, Boolean> open = new ConcurrentHashMap<>();
  private @Nullable TcpCheckPeer peer;
  private boolean endIsUnjudged;
  private volatile boolean waitsForAnother;

  /**
   * A scene at a listener that other cases use, too.
   *
   * @param rehearsal what all cases know of the client's talk
   */
  public TcpClientScene(TcpHost host, Subject subject, Limits limits, Rehearsal rehearsal) {
    this(host, false, subject, limits, rehearsal);
    host.forgetWaiting();
  }

  private TcpClientScene(
      TcpHost host, boolean hostIsItsOwn, Subject subject, Limits limits, Rehearsal rehearsal) {
    super(subject, limits);
    this.host = host;
    this.hostIsItsOwn = hostIsItsOwn;
    this.rehearsal = rehearsal;
  }

  /**
   * A scene at a listener that no other case uses, so that it never meets an earlier case's client.
   *
   * @param ends where to listen, port 0
   * @throws SocketFailure if the address can't be had
   */
  public static TcpClientScene atItsOwnPort(
      List<InetSocketAddress> ends, Subject subject, Limits limits, Rehearsal rehearsal)
      throws SocketFailure {
    TcpHost host = TcpHost.open(ends, limits.patience());
    return new TcpClientScene(host, true, subject, limits, rehearsal);
  }

  @Override
  Address address() {
    return host.address();
  }

  @Override
  Address deadAddress() throws Undecided {
    for (int port = FIRST_DEAD_PORT; port < FIRST_DEAD_PORT + DEAD_PORTS_TRIED; port++) {
      Address address = new Address(host.address().transport(), host.address().host(), port);
      try {
        TcpHost.open(List.of(address.literal()), Duration.ofSeconds(1)).close();
        return address;
      } catch (SocketFailure e) {
        log().event("checker", address + " is taken: " + e.error().meaning());
      }
    }
    throw Undecided.inconclusive("no port without a listener was found");
  }

  /** Waits for the client to connect, and begins to read. */
  TcpCheckPeer accept() throws Violation, Undecided, InterruptedException {
    TcpCheckPeer accepted =
        awaitWhileItRuns(this::acceptWithin, limits().patience(), STILL_ON_ITS_WAY);
    if (accepted == null) {
      if (!subject().endsVisibly()) {
        throw Undecided.inconclusive("no client came");
      }
      Integer status = running().awaitExit(Duration.ZERO);
      Duration patience = limits().patience();
      throw status == null
          ? Violation.late(
              "it did not connect within " + patience.toMillis() + " ms" + ClientSteps.words(this),
              patience)
          : Violation.of(
              "it ended with exit status "
                  + status
                  + " before it connected"
                  + ClientSteps.words(this));
    }
    peer = accepted;
    return accepted;
  }

  /**
   * Waits for a client.
   *
   * @return null if none came
   */
  @Nullable TcpCheckPeer acceptWithin(Duration within) throws InterruptedException {
    TcpSocket socket = host.accept(within);
    if (socket == null) {
      return null;
    }
    TcpCheckPeer accepted = new TcpCheckPeer("server", socket, log(), room);
    open.put(accepted, true);
    return accepted.read();
  }

  /** Waits until the client says something on any of its connections, which is then the one. */
  TcpCheckPeer awaitSpeaker() throws Violation, InterruptedException {
    long deadline = System.nanoTime() + limits().patience().toNanos();
    while (true) {
      for (TcpCheckPeer each : open.keySet()) {
        if (each.hasSome()) {
          peer = each;
          return each;
        }
      }
      boolean over = open.keySet().stream().allMatch(each -> each.end() != null);
      if (over && open.keySet().stream().anyMatch(TcpCheckPeer::hasSome)) {
        continue; // It said something just before its end.
      }
      if (over || System.nanoTime() - deadline >= 0) {
        throw TcpEchoing.sentNothing(this);
      }
      acceptWithin(LOOK);
    }
  }

  /** What all cases know of the client's talk with a right server. */
  Rehearsal rehearsal() {
    return rehearsal;
  }

  /** Closes all connections, and is as if nobody had connected yet. */
  void forget() {
    open.keySet().forEach(TcpCheckPeer::close);
    open.clear();
    host.forgetWaiting();
    peer = null;
  }

  /** How the connection ends tells nothing in this case. */
  void leaveTheEndUnjudged() {
    endIsUnjudged = true;
  }

  /** Whether this case waits for another now, and its client has not been started. */
  void waitsForAnother(boolean waits) {
    waitsForAnother = waits;
  }

  @Override
  public @Nullable String excuse() {
    return waitsForAnother ? "it waited for another case's run of the client" : null;
  }

  /** All connections that were accepted. */
  Set<TcpCheckPeer> accepted() {
    return open.keySet();
  }

  /** The connection that was waited for by {@link #accept}. */
  TcpCheckPeer peer() {
    if (peer == null) {
      throw new IllegalStateException("nobody connected: the case is wrong");
    }
    return peer;
  }

  @Override
  public @Nullable Closing end() throws InterruptedException {
    TcpEnd end = peer == null || endIsUnjudged ? null : peer.end();
    return switch (end) {
      case FIN -> new Closing(CaseVerdict.PASS, "FIN");
      case RESET -> new Closing(CaseVerdict.NON_STRICT, "RST");
      case FLOOD -> new Closing(CaseVerdict.FAIL, "it sends without end");
      case OURS -> null;
      case null -> null;
    };
  }

  @Override
  public void close() {
    stopForGood();
    open.keySet().forEach(TcpCheckPeer::close);
    if (hostIsItsOwn) {
      host.close();
    }
  }
}
