package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.LocalAddresses;
import dev.sockbed.common.socket.Reachable;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A link for TCP connections as far as a relay can be one: it can be late, slow, cut and rude, but
 * it can't lose a segment. The client's TCP talks to the relay and the relay's to the server, and
 * both see a perfect loopback; so there are no retransmits to be seen here.
 *
 * @see UdpRelay
 */
public final class TcpRelay implements Relay {
  static final int CHUNK_BYTES = 16 << 10;

  /** Bytes in the sockets' own buffers are late for nobody, so these are kept small. */
  private static final int BUFFER_BYTES = 64 << 10;

  private static final int BACKLOG = 128;
  private static final int MOST_CONNECTIONS = 1_024;
  private static final long PAUSE_AFTER_FAULT_NANOS = 50_000_000;

  private static final TcpConfig CONFIG =
      TcpConfig.DEFAULT
          .withReceiveLimit(CHUNK_BYTES)
          .withSendTimeout(Duration.ZERO)
          .withSendBufferBytes(BUFFER_BYTES)
          .withReceiveBufferBytes(BUFFER_BYTES);

  private final List<TcpListener> listeners;
  private final InetSocketAddress target;
  private final NetworkContext serverSide;
  private final Timeline timeline;
  private final Toxics toxics;
  private final long seed;
  private final long startNanos = System.nanoTime();
  private final PacketCounts up = new PacketCounts();
  private final PacketCounts down = new PacketCounts();
  private final AtomicLong clients = new AtomicLong();
  private final LongAdder turnedAway = new LongAdder();

  /** Taken when a connection is accepted, long before it is among the others. */
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

  private final Set<TcpRelayConnection> connections = ConcurrentHashMap.newKeySet();

  private volatile @Nullable String fault;
  private volatile boolean closed;

  private TcpRelay(
      List<TcpListener> listeners,
      InetSocketAddress target,
      NetworkContext serverSide,
      Timeline timeline,
      Toxics toxics,
      long seed) {
    this.listeners = listeners;
    this.target = target;
    this.serverSide = serverSide;
    this.timeline = timeline;
    this.toxics = toxics;
    this.seed = seed;
  }

  /**
   * Listens and relays.
   *
   * @param listen where clients connect to, on all addresses that the name stands for; port 0 picks
   *     one for each
   * @param to the server; of several addresses, the one that accepts a connection now
   * @param seed of the jitter
   */
  public static TcpRelay open(
      Address listen, Address to, Timeline timeline, Toxics toxics, long seed)
      throws SocketFailure {
    return open(listen, NetworkContext.HERE, to, NetworkContext.HERE, timeline, toxics, seed);
  }

  /**
   * Listens in one network and relays to another.
   *
   * @param clientSide where the listening socket is made
   * @param serverSide where the sockets to the server are made
   */
  public static TcpRelay open(
      Address listen,
      NetworkContext clientSide,
      Address to,
      NetworkContext serverSide,
      Timeline timeline,
      Toxics toxics,
      long seed)
      throws SocketFailure {
    InetSocketAddress target = Reachable.of(to, serverSide.local());
    List<TcpListener> listeners = new ArrayList<>();
    try {
      for (Address local : LocalAddresses.of(listen)) {
        listeners.add(clientSide.make(() -> listener(local.literal())));
      }
    } catch (SocketFailure e) {
      listeners.forEach(TcpListener::close);
      throw e;
    }
    TcpRelay relay = new TcpRelay(listeners, target, serverSide, timeline, toxics, seed);
    for (TcpListener listener : listeners) {
      Thread.ofPlatform()
          .daemon()
          .name("sockbed-link-accept")
          .start(() -> relay.acceptClients(listener));
    }
    return relay;
  }

  private static TcpListener listener(InetSocketAddress local) throws SocketFailure {
    TcpListener listener = TcpListener.open(AddressFamily.of(local.getAddress()), CONFIG);
    try {
      listener.bind(local);
      listener.listen(BACKLOG);
      return listener;
    } catch (SocketFailure e) {
      listener.close();
      throw e;
    }
  }

  @Override
  public List<Address> addresses() {
    return listeners.stream()
        .map(listener -> Address.of(Transport.TCP, listener.localAddress()))
        .toList();
  }

  @Override
  public PacketCounts counters(Direction direction) {
    return direction == Direction.UP ? up : down;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long clients() {
    return clients.get();
  }

  /** A stream waits for who reads it. */
  @Override
  public long unfetched() {
    return 0;
  }

  @Override
  public long turnedAway() {
    return turnedAway.sum();
  }

  @Override
  public @Nullable String fault() {
    return fault;
  }

  private void acceptClients(TcpListener listener) {
    while (!closed) {
      try {
        TcpSocket client = listener.accept();
        if (!places.tryAcquire()) {
          turnedAway.increment();
          client.reset();
          continue;
        }
        long number = clients.getAndIncrement();
        Thread.ofVirtual().name("sockbed-link-" + number).start(() -> serve(client, number));
      } catch (SocketFailure e) {
        failed(e);
        if (!closed) {
          LockSupport.parkNanos(PAUSE_AFTER_FAULT_NANOS); // Out of descriptors, most likely.
        }
      }
    }
  }

  private void serve(TcpSocket client, long number) {
    try {
      connect(client, number);
    } finally {
      places.release();
    }
  }

  private void connect(TcpSocket client, long number) {
    TcpSocket server;
    try {
      server = serverSide.make(this::socketToServer);
    } catch (SocketFailure e) {
      failed(e);
      client.close();
      return;
    }
    TcpRelayConnection connection = new TcpRelayConnection(client, server, toxics);
    connections.add(connection);
    try {
      if (closed) {
        connection.close();
      }
      server.connect(target);
      connection.run(timeline, seed, number, startNanos, up, down);
    } catch (SocketFailure e) {
      failed(e);
      connection.reset();
    } finally {
      connections.remove(connection);
    }
  }

  private TcpSocket socketToServer() throws SocketFailure {
    TcpSocket socket = TcpSocket.open(AddressFamily.of(target.getAddress()), CONFIG);
    InetSocketAddress local = serverSide.local().address();
    if (local != null) {
      socket.bind(local);
    }
    return socket;
  }

  private void failed(SocketFailure failure) {
    if (!closed && failure.error() != SocketError.CLOSED) {
      fault = failure.getMessage();
    }
  }

  @Override
  public void close() {
    closed = true;
    listeners.forEach(TcpListener::close);
    connections.forEach(TcpRelayConnection::close);
  }
}
