package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.BufferPool;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.Watchdog;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The echo service over TCP: what a caller sends is sent back, until the caller closes.
 *
 * @see UdpEchoServer
 * @see <a href="https://www.rfc-editor.org/rfc/rfc862">RFC 862</a>
 */
public final class TcpEchoServer implements EchoServer {
  private static final Logger LOG = LoggerFactory.getLogger(TcpEchoServer.class);

  private final TcpEchoServerConfig config;
  private final TcpListener listener;
  private final Address address;
  private final Counters counters;
  private final LoggedCount acceptFailures;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final BufferPool buffers;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread acceptor;

  /** Null while it runs; guarded by this. */
  private @Nullable Stop stopped;

  private TcpEchoServer(TcpListener listener, TcpEchoServerConfig config) {
    this.config = config;
    this.listener = listener;
    this.address = Address.of(Transport.TCP, listener.localAddress());
    this.counters = new Counters(LOG, address);
    this.acceptFailures = new LoggedCount(LOG, address, "can't accept, trying again");
    this.buffers = new BufferPool(config.socket().receiveLimit());
    this.acceptor =
        config
            .socket()
            .threads()
            .start(
                "sockbed-tcp-accept-" + address.port(),
                new ServiceLoop(this::acceptOne, this::notAccepted, stopping));
  }

  /**
   * Listens, and starts to serve.
   *
   * @param local where to listen: an address; port 0 picks one. {@link
   *     dev.sockbed.common.socket.LocalAddresses} lists those of a name
   * @throws dev.sockbed.common.AddressSyntaxException if {@code local} has a name for its host
   * @throws SocketFailure {@link SocketError#ADDRESS_IN_USE}, {@link
   *     SocketError#ADDRESS_NOT_AVAILABLE} or {@link SocketError#PERMISSION_DENIED}
   */
  public static TcpEchoServer open(Address local, TcpEchoServerConfig config) throws SocketFailure {
    return new TcpEchoServer(listen(local, config.socket(), config.sharesPort()), config);
  }

  /** A listener there, whose connections are configured so. */
  static TcpListener listen(Address local, TcpConfig config, boolean sharesPort)
      throws SocketFailure {
    InetSocketAddress end = local.literal();
    TcpListener listener = TcpListener.open(AddressFamily.of(end.getAddress()), config);
    try {
      if (sharesPort) {
        listener.sharePort();
      }
      listener.bind(end);
      listener.listen(config.backlog());
      return listener;
    } catch (SocketFailure e) {
      listener.close();
      throw e;
    }
  }

  private void acceptOne() throws SocketFailure {
    TcpSocket socket = listener.accept();
    if (connections.size() >= config.maxConnections()) {
      refuse(socket);
      return;
    }
    try {
      new Connection(socket).start();
    } catch (OutOfMemoryError noBufferOrThread) {
      refuse(socket);
    }
  }

  /** With a RST, which says "refused" clearer than an end of stream, and keeps no TIME_WAIT. */
  private void refuse(TcpSocket socket) throws SocketFailure {
    try {
      counters.refused(socket.fiveTuple().remote());
    } finally {
      socket.reset();
    }
  }

  private void notAccepted(Throwable why) {
    if (why.getCause() instanceof OutOfMemoryError) {
      counters.refused(why); // The listener took it from the queue, and had no room for it.
    } else {
      acceptFailures.add(why);
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
      stopping.countDown();
      listener.close();
      Threads.ended(List.of(acceptor), Threads.LAST_MOMENT); // After it, no connection is added.
      List<Thread> serving = connections.stream().map(connection -> connection.thread).toList();
      boolean byThemselves = Threads.ended(serving, within);
      connections.forEach(connection -> connection.socket.close());
      Threads.ended(serving, Threads.LAST_MOMENT);
      stopped = byThemselves ? Stop.GRACEFUL : Stop.FORCED;
    }
    return stopped;
  }

  @Override
  public void close() {
    stop(config.stopTimeout());
  }

  /** One caller, served by one thread. */
  private final class Connection {
    private final TcpSocket socket;
    private final ByteBuffer buffer;
    private final Thread thread;
    private final Watchdog.Guard idle;

    Connection(TcpSocket socket) {
      this.socket = socket;
      buffer = buffers.borrow();
      String name = "sockbed-tcp-connection-" + socket.fiveTuple().remote().getPort();
      thread = config.socket().threads().unstarted(name, this::run);
      idle = Watchdog.guard(config.idleTimeout(), socket::close);
    }

    void start() {
      connections.add(this);
      try {
        thread.start();
      } catch (OutOfMemoryError noThread) {
        forget();
        throw noThread;
      }
    }

    private void run() {
      counters.accepted();
      try (Turn turn = new Turn()) {
        echo(turn);
      } catch (SocketFailure e) {
        count(e);
      } catch (RuntimeException | Error e) {
        counters.dropped(DropReason.CONNECTION_FAILED, e);
      } finally {
        socket.close();
        socket.release();
        forget();
      }
    }

    /** Sends back what comes, until the caller closes. */
    private void echo(Turn turn) throws SocketFailure {
      int limit = config.socket().receiveLimit();
      long idleNanos = config.idleTimeout().toNanos();
      while (true) {
        idle.arm(idleNanos);
        turn.asks();
        ByteBuffer bytes = socket.receiveAvailable(buffer, limit);
        idle.disarm();
        int received = bytes.remaining();
        if (received == 0) {
          return; // The caller has closed.
        }
        counters.received(Math.ceilDiv(received, limit), received);
        turn.received(received);
        socket.send(bytes);
      }
    }

    private void count(SocketFailure failure) {
      InetSocketAddress caller = socket.fiveTuple().remote();
      if (failure.error() == SocketError.CLOSED && idle.expired()) {
        counters.dropped(DropReason.IDLE, caller);
      } else {
        counters.failed(failure, caller);
      }
    }

    private void forget() {
      idle.close();
      buffers.giveBack(buffer);
      connections.remove(this);
    }
  }
}
