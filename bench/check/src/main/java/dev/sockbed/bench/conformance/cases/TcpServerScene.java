package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The callers of a TCP server in one case, by name.
 *
 * @see UdpServerScene
 */
public final class TcpServerScene implements Scene {
  private static final int NARROW_BYTES = 4 << 10;

  /** A small server's backlog has room for so many; the next would come a second later. */
  private static final int AT_THE_SAME_MOMENT = 4;

  /** So long a server has to accept these. */
  private static final Duration ACCEPTED = Duration.ofMillis(8);

  private final InetSocketAddress server;
  private final LocalEnd local;
  private final Limits limits;
  private final WireLog log = new WireLog();
  private final Boards boards;
  private final Map<String, TcpCaller> callers = new LinkedHashMap<>();
  private final Map<TcpCheckPeer, Boolean> open = new ConcurrentHashMap<>();
  private @Nullable Closing closing;
  private volatile int servedAtOnce = 1;
  private volatile boolean answersLate;

  /**
   * A scene without callers.
   *
   * @param local the address to connect from, port 0
   */
  public TcpServerScene(InetSocketAddress server, LocalEnd local, Limits limits) {
    this.server = server;
    this.local = local;
    this.limits = limits;
    this.boards = new Boards(Address.of(Transport.TCP, server), local, limits, log);
  }

  /** Connects a caller, which reads at once. */
  TcpCaller connect(String name) throws Violation {
    TcpCaller caller = connectUnread(name);
    caller.peer().read();
    return caller;
  }

  /** Connects a caller that does not read yet. */
  TcpCaller connectUnread(String name) throws Violation {
    return connect(name, TcpCheckPeer.config(limits.patience()));
  }

  /** Connects a caller that does not read yet, and has little room for what it does not read. */
  TcpCaller connectNarrow(String name) throws Violation {
    // It must not give up sending, and so free the server, while another waits to be served; nor
    // while a slow server, which is given several deadlines, has yet to take what was sent before.
    return connect(name, narrow(TcpCheckPeer.config(limits.deadline().multipliedBy(10))));
  }

  /** So little room that a server's send soon waits. */
  private static TcpConfig narrow(TcpConfig config) {
    return config.withReceiveBufferBytes(NARROW_BYTES).withSendBufferBytes(NARROW_BYTES);
  }

  /**
   * Connects callers at the same moment, and lets each exchange a message. A server may limit how
   * many it takes: those that are not served beside the others leave again.
   *
   * @return those that were served, two at least
   * @throws Violation if fewer were, or one of them wrongly; how many were answered at once, though
   *     too little came back, is known then
   */
  List<TcpCaller> connectAtOnce(int count) throws Violation, InterruptedException {
    Map<String, TcpCaller> connected = new ConcurrentHashMap<>();
    for (int from = 0; from < count; from += AT_THE_SAME_MOMENT) {
      connect(from, Math.min(count, from + AT_THE_SAME_MOMENT), connected);
      Thread.sleep(ACCEPTED);
    }
    List<TcpCaller> served = new ArrayList<>();
    for (TcpCaller each : connected.values()) {
      each.peer().read();
      each.send(("at once " + each.peer().name()).getBytes(StandardCharsets.US_ASCII));
    }
    Violation last = Violation.of("it took none of %d clients".formatted(count));
    Violation tooLittle = null;
    int answered = 0;
    Duration patience = limits.patience();
    for (TcpCaller each : connected.values()) {
      try {
        each.expectEcho(patience);
        served.add(each);
        answered++;
      } catch (Violation notServed) {
        patience = limits.quiet(); // All of them had the same time.
        if (!each.answered()) {
          last = notServed;
          each.peer().close();
        } else if (notServed.missed() == null) {
          throw notServed; // It was served, and wrongly: that is no lack of room.
        } else {
          tooLittle = notServed;
          answered++;
        }
      }
    }
    servedAtOnce = Math.max(1, answered);
    if (tooLittle != null) {
      throw tooLittle;
    }
    if (served.size() < 2) {
      throw last;
    }
    return served;
  }

  private void connect(int from, int to, Map<String, TcpCaller> connected)
      throws InterruptedException {
    List<Thread> connecting = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String name = "C" + i;
      connecting.add(
          ThreadKind.VIRTUAL.start(
              "sockbed-check-connect",
              () -> {
                try {
                  connected.put(name, connectUnnamed(name));
                } catch (Violation refused) {
                  log.event(name, "is not taken");
                }
              }));
    }
    for (Thread each : connecting) {
      each.join();
    }
  }

  private TcpCaller connectUnnamed(String name) throws Violation {
    TcpCheckPeer peer = connected(name, TcpCheckPeer.config(limits.patience()));
    return new TcpCaller(peer, limits);
  }

  private TcpCaller connect(String name, TcpConfig config) throws Violation {
    TcpCaller caller = new TcpCaller(connected(name, config), limits);
    callers.put(name, caller);
    return caller;
  }

  private TcpCheckPeer connected(String name, TcpConfig config) throws Violation {
    // A connection that is lost in a full queue is asked for again after 1 and 3 seconds.
    TcpSocket socket = socket(name, config.withConnectTimeout(limits.deadline().dividedBy(3)));
    try {
      socket.connect(server);
    } catch (SocketFailure e) {
      log.event(name, "connecting failed: " + e.error().meaning());
      String what = "it takes no connection: " + e.error().meaning();
      throw e.error() == SocketError.TIMED_OUT
          ? Violation.late(what, limits.patience())
          : Violation.of(what);
    }
    TcpCheckPeer peer = new TcpCheckPeer(name, socket, log);
    open.put(peer, true);
    return peer;
  }

  private TcpSocket socket(String name, TcpConfig config) throws Violation {
    try {
      TcpSocket socket = TcpSocket.open(AddressFamily.of(server.getAddress()), config);
      InetSocketAddress from = local.address();
      if (from != null) {
        socket.bind(from);
      }
      return socket;
    } catch (SocketFailure e) {
      throw Violation.of(name + " has no socket: " + e.error().meaning());
    }
  }

  /** The caller of that name, which is connected. */
  TcpCaller caller(String name) {
    TcpCaller caller = callers.get(name);
    if (caller == null) {
      throw new IllegalStateException(name + " is not connected: the case is wrong");
    }
    return caller;
  }

  /** Breaks a caller off, and forgets it. */
  void reset(String name) {
    caller(name).peer().reset();
    callers.remove(name);
  }

  /** Closes a caller as most programs do, and forgets it. */
  void leave(String name) {
    TcpCheckPeer peer = caller(name).peer();
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

  /** The case has looked at the end of a connection itself. */
  void judged(Closing closing) {
    this.closing = closing;
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
  public int servedAtOnce() {
    return servedAtOnce;
  }

  /** What comes back is compared as it comes. */
  @Override
  public boolean mayBeSlow() {
    return true;
  }

  @Override
  public WireLog log() {
    return log;
  }

  @Override
  public @Nullable Closing end() throws InterruptedException {
    for (TcpCaller caller : callers.values()) {
      if (closing == null) {
        closing = closing(caller.peer(), least(Closing.IN_TIME, limits.patience()));
      }
    }
    return closing;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Closing closing(TcpCheckPeer peer, Duration within) throws InterruptedException {
    TcpEnd early = peer.end();
    if (early != null && !peer.halfClosed()) {
      return new Closing(CaseVerdict.FAIL, early.label() + " before the client closed");
    }
    peer.halfClose();
    peer.read();
    return how(peer.awaitEnd(within), within);
  }

  /** What an end after a half-close is worth. */
  static Closing how(@Nullable TcpEnd end, Duration within) {
    return switch (end) {
      case FIN -> new Closing(CaseVerdict.PASS, "FIN");
      case RESET -> new Closing(CaseVerdict.NON_STRICT, "RST");
      case FLOOD -> new Closing(CaseVerdict.FAIL, "it sends without end");
      case OURS -> new Closing(CaseVerdict.INCONCLUSIVE, "the checker closed first");
      case null ->
          new Closing(CaseVerdict.FAIL, "it did not close within " + within.toMillis() + " ms");
    };
  }

  @Override
  public void close() {
    boards.close();
    open.keySet().forEach(TcpCheckPeer::close);
  }
}
