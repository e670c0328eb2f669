package dev.sockbed.server;

import static dev.sockbed.common.socket.BlockingSocket.END_OF_STREAM;

import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.socket.BufferPool;
import dev.sockbed.common.socket.Readiness;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The echo service over TCP by one thread for all callers: an event loop. It does what {@link
 * TcpEchoServer} does. With many callers and a message of each under way it switches between
 * threads less; with one it has a system call more. A port does better to begin with the other.
 *
 * @see TcpEchoServer
 */
public final class TcpEchoLoop implements EchoServer {
  private static final Logger LOG = LoggerFactory.getLogger(TcpEchoLoop.class);
  private static final long SHORTEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Then those who are connected already have their turn. */
  private static final int ACCEPTS_AT_ONCE = 256;

  private final TcpEchoServerConfig config;
  private final TcpListener listener;
  private final Address address;
  private final Counters counters;
  private final LoggedCount acceptFailures;
  private final LoggedCount waitFailures;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final BufferPool buffers;
  private final Readiness readiness;
  private final Readiness.Watch accepting;
  private final long lookNanos;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Backoff acceptBackoff = new Backoff(stopping);
  private final Thread thread;

  /** When who is still there is broken off; written before {@link #stopping} ends. */
  private long stopNanos;

  private volatile boolean forced;

  // Of the loop's thread.
  private long lookedNanos = System.nanoTime();
  private boolean acceptPaused;
  private long acceptAgainNanos;

  /** Null while it runs; guarded by this. */
  private @Nullable Stop stopped;

  private TcpEchoLoop(
      TcpListener listener,
      Readiness readiness,
      TcpEchoServerConfig config,
      Function<Address, Counters> counting)
      throws SocketFailure {
    this.config = config;
    this.listener = listener;
    this.readiness = readiness;
    this.address = Address.of(Transport.TCP, listener.localAddress());
    this.counters = counting.apply(address);
    this.acceptFailures = new LoggedCount(LOG, address, "can't accept, trying again");
    this.waitFailures = new LoggedCount(LOG, address, "can't wait for callers, trying again");
    this.buffers = new BufferPool(config.socket().receiveLimit());
    this.accepting = readiness.watch(listener, this::accept);
    long shorter = Math.min(config.idleTimeout().toNanos(), config.writeTimeout().toNanos());
    this.lookNanos = Math.clamp(shorter / 4, SHORTEST_LOOK_NANOS, LONGEST_LOOK_NANOS);
    this.thread = config.socket().threads().start("sockbed-tcp-loop-" + address.port(), this::run);
  }

  /**
   * Listens, and starts to serve.
   *
   * @param local where to listen; port 0 picks one. Of a host with several addresses, the first
   * @throws IllegalArgumentException for batches, which one connection of many makes none of
   * @throws SocketFailure as {@link TcpEchoServer#open}
   */
  public static TcpEchoLoop open(Address local, TcpEchoServerConfig config) throws SocketFailure {
    return open(local, config, address -> new Counters(LOG, address));
  }

  /**
   * As {@link #open(Address, TcpEchoServerConfig)}.
   *
   * @param counting makes what counts for the server at that address
   */
  static TcpEchoLoop open(
      Address local, TcpEchoServerConfig config, Function<Address, Counters> counting)
      throws SocketFailure {
    if (config.socket().io() == IoMode.BATCHED) {
      throw new IllegalArgumentException("an event loop makes no batches");
    }
    WaitStrategy waiting = config.socket().waiting();
    TcpConfig sockets =
        config.socket().withWaiting(WaitStrategy.BLOCK).withSendTimeout(Duration.ZERO);
    TcpListener listener = TcpEchoServer.listen(local, sockets, config.sharesPort());
    Readiness readiness = null;
    try {
      readiness = Readiness.open(waiting);
      return new TcpEchoLoop(listener, readiness, config, counting);
    } catch (SocketFailure e) {
      listener.close();
      if (readiness != null) {
        readiness.close();
      }
      throw e;
    }
  }

  private void run() {
    try (Turn turn = new Turn()) {
      new ServiceLoop(() -> serve(turn), waitFailures::add, stopping).run();
    } finally {
      end();
    }
  }

  /** Waits until somebody is ready, and serves all who are. */
  private void serve(Turn turn) throws SocketFailure {
    boolean isStopping = isStopping();
    long leftNanos = stopNanos - System.nanoTime();
    if (isStopping && (connections.isEmpty() || leftNanos <= 0)) {
      throw new SocketFailure(SocketError.CLOSED, "serve " + address, null);
    }
    turn.asks();
    readiness.await(isStopping ? Math.min(leftNanos, lookNanos) : waitNanos());
    turn.received(0);
    long now = System.nanoTime();
    if (isStopping) {
      listener.close();
    } else if (acceptPaused && now - acceptAgainNanos >= 0) {
      acceptPaused = false;
      accepting.forAccept();
    }
    if (now - lookedNanos >= lookNanos) {
      lookedNanos = now;
      look(now);
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private long waitNanos() {
    return acceptPaused
        ? Math.clamp(acceptAgainNanos - System.nanoTime(), 0, lookNanos)
        : lookNanos;
  }

  private void end() {
    listener.close();
    for (Connection connection : connections) {
      forced = true;
      connection.close();
      counters.dropped(DropReason.STOPPED);
    }
    readiness.close();
  }

  /** Lets go of callers that do nothing. */
  private void look(long nowNanos) {
    connections.forEach(connection -> connection.look(nowNanos));
  }

  /** Accepts all waiting connections: one for each wait would let the queue run over. */
  private void accept() {
    try {
      TcpSocket socket = listener.acceptNow();
      for (int left = ACCEPTS_AT_ONCE; socket != null; left--) {
        admit(socket);
        acceptBackoff.reset();
        socket = left > 0 ? listener.acceptNow() : null;
      }
    } catch (SocketFailure e) {
      if (e.error() != SocketError.CLOSED) {
        notAccepted(e);
      }
    }
  }

  private void notAccepted(SocketFailure why) {
    if (why.getCause() instanceof OutOfMemoryError) {
      counters.refused(why); // As TcpEchoServer does.
    } else {
      acceptFailures.add(why);
    }
    accepting.pause(); // Or it would be told again at once that there is one.
    acceptPaused = true;
    acceptAgainNanos = System.nanoTime() + acceptBackoff.next().toNanos();
  }

  private void admit(TcpSocket socket) throws SocketFailure {
    if (connections.size() >= config.maxConnections()) {
      refuse(socket);
      return;
    }
    try {
      Connection connection = new Connection(socket);
      connections.add(connection);
      counters.accepted();
    } catch (OutOfMemoryError noBuffer) {
      refuse(socket);
    } catch (SocketFailure e) {
      socket.close();
      throw e;
    }
  }

  /** With a RST, as {@link TcpEchoServer} does. */
  private void refuse(TcpSocket socket) throws SocketFailure {
    try {
      counters.refused(socket.fiveTuple().remote());
    } finally {
      socket.reset();
    }
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public ServerCounters counters() {
    return counters.snapshot(connections.size());
  }

  @Override
  public synchronized Stop stop(Duration within) {
    if (stopped == null) {
      stopNanos = System.nanoTime() + within.toNanos();
      stopping.countDown();
      readiness.wake();
      Threads.ended(List.of(thread), within.plus(Threads.LAST_MOMENT));
      stopped = forced ? Stop.FORCED : Stop.GRACEFUL;
    }
    return stopped;
  }

  @Override
  public void close() {
    stop(config.stopTimeout());
  }

  /** One caller: something is received only when all before it was sent back. */
  private final class Connection {
    private final TcpSocket socket;
    private final ByteBuffer buffer;
    private final Readiness.Watch watch;
    private boolean sending;

    /** Whether anything went on since the last look, and since when nothing has. */
    private boolean active = true;

    private long quietNanos;

    Connection(TcpSocket socket) throws SocketFailure {
      this.socket = socket;
      buffer = buffers.borrow();
      watch = readiness.watch(socket, this::ready);
    }

    private void ready() {
      try {
        if (sending || received()) {
          send();
        }
      } catch (SocketFailure e) {
        close(); // First: were it still watched, it would be ready again and again.
        counters.failed(e, socket.fiveTuple().remote());
      } catch (RuntimeException | Error e) {
        // Whatever it is, it costs this caller and none of the others.
        close();
        counters.dropped(DropReason.CONNECTION_FAILED, e);
      }
    }

    /** Whether there is something to send back. */
    private boolean received() throws SocketFailure {
      int received = socket.receiveNow(buffer.clear(), config.socket().receiveLimit());
      if (received == END_OF_STREAM) {
        close();
      } else if (received > 0) {
        counters.received(received);
        buffer.flip();
      }
      return received > 0;
    }

    private void send() throws SocketFailure {
      active = true;
      boolean all = socket.sendNow(buffer);
      if (all == sending) {
        sending = !all;
        if (sending) {
          watch.forSend();
        } else {
          watch.forReceive();
        }
      }
    }

    private void look(long nowNanos) {
      Duration most = sending ? config.writeTimeout() : config.idleTimeout();
      if (active) {
        active = false;
        quietNanos = nowNanos;
      } else if (nowNanos - quietNanos >= most.toNanos()) {
        DropReason reason = sending ? DropReason.NOT_READING : DropReason.IDLE;
        close();
        counters.dropped(reason, socket.fiveTuple().remote());
      }
    }

    private void close() {
      socket.close();
      if (connections.remove(this)) {
        buffers.giveBack(buffer);
      }
    }
  }
}
