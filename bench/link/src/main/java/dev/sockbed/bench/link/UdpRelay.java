package dev.sockbed.bench.link;

import dev.sockbed.bench.link.DatagramOutbox.Destination;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkModel;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.PeerAddress;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.SchedulingPriority;
import dev.sockbed.common.socket.LocalAddresses;
import dev.sockbed.common.socket.Reachable;
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An emulated link for datagrams: each client's datagrams go to the server from a socket of their
 * own, so that the server tells clients apart and answers find their way back.
 *
 * <p>A datagram counts with its IP and UDP headers. A flipped bit is one of the payload, and the
 * relay's own system makes a checksum that fits: so it reaches the program, where on a real link
 * the checksum would have caught it.
 *
 * @see TcpRelay
 */
public final class UdpRelay implements Relay {
  /** Clients at once; the one that was silent longest makes room for another. */
  private static final int MOST_SESSIONS = 1_024;

  /** So many sockets to the server get the memory that it takes to move many datagrams a call. */
  private static final int MOST_BATCHED = 32;

  private static final int IPV4_AND_UDP_HEADERS = 28;
  private static final int IPV6_AND_UDP_HEADERS = 48;
  private static final int BUFFER_BYTES = 4 << 20;

  private static final UdpConfig PLAIN =
      UdpConfig.DEFAULT
          .withReceiveLimit(UdpConfig.LONGEST_DATAGRAM)
          .withReceiveBufferBytes(BUFFER_BYTES)
          .withSendBufferBytes(BUFFER_BYTES);

  private static final UdpConfig BATCHED =
      BatchedIo.isAvailable() ? PLAIN.withIo(IoMode.BATCHED) : PLAIN;

  private final NetworkContext clientSide;
  private final NetworkContext serverSide;
  private final InetSocketAddress target;
  private final List<UdpSocket> fronts;
  private final long startNanos = System.nanoTime();
  private final DatagramPath up;
  private final DatagramPath down;
  private final AtomicLong clients = new AtomicLong();

  /** By their addresses, who was silent longest first. Guarded by itself. */
  private final SequencedMap<Client, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  private final LongAdder turnedAway = new LongAdder();

  private volatile @Nullable String fault;
  private volatile boolean closed;

  /** Who sends, and to which of the addresses. */
  private record Client(UdpSocket front, InetSocketAddress address, PeerAddress identity) {
    static Client senderTo(UdpSocket front) {
      return new Client(front, front.sender(), PeerAddress.of(front.sender()));
    }
  }

  /** What belongs to one client: its number, where its datagrams go, and where the answers go. */
  private record Session(long number, Destination server, Destination client) {
    UdpSocket socket() {
      return server.socket();
    }
  }

  private UdpRelay(
      List<UdpSocket> fronts,
      NetworkContext clientSide,
      InetSocketAddress target,
      NetworkContext serverSide,
      Timeline timeline,
      long seed) {
    this.fronts = fronts;
    this.clientSide = clientSide;
    this.target = target;
    this.serverSide = serverSide;
    int headerBytes =
        AddressFamily.of(target.getAddress()) == AddressFamily.INET
            ? IPV4_AND_UDP_HEADERS
            : IPV6_AND_UDP_HEADERS;
    LinkModel upModel = new LinkModel(timeline, Direction.UP, seed, startNanos);
    LinkModel downModel = new LinkModel(timeline, Direction.DOWN, seed, startNanos);
    up = new DatagramPath(upModel, headerBytes, this::failed);
    down = new DatagramPath(downModel, headerBytes, this::failed);
  }

  /**
   * Listens and relays.
   *
   * @param listen where clients send to, on all addresses that the name stands for; port 0 picks
   *     one for each
   * @param to the server; of several addresses, the one that answers now
   * @param seed of everything that is random
   */
  public static UdpRelay open(Address listen, Address to, Timeline timeline, long seed)
      throws SocketFailure {
    return open(listen, NetworkContext.HERE, to, NetworkContext.HERE, timeline, seed);
  }

  /**
   * Listens in one network and relays to another.
   *
   * @param clientSide where the listening socket is made
   * @param serverSide where the sockets to the server are made
   */
  public static UdpRelay open(
      Address listen,
      NetworkContext clientSide,
      Address to,
      NetworkContext serverSide,
      Timeline timeline,
      long seed)
      throws SocketFailure {
    return open(listen, clientSide, to, serverSide, timeline, seed, BATCHED);
  }

  /**
   * As above.
   *
   * @param config of the listening socket
   */
  static UdpRelay open(
      Address listen,
      NetworkContext clientSide,
      Address to,
      NetworkContext serverSide,
      Timeline timeline,
      long seed,
      UdpConfig config)
      throws SocketFailure {
    InetSocketAddress target = Reachable.of(to, serverSide.local());
    List<UdpSocket> fronts = new ArrayList<>();
    try {
      for (Address local : LocalAddresses.of(listen)) {
        fronts.add(clientSide.make(() -> front(local.literal(), config)));
      }
    } catch (SocketFailure e) {
      fronts.forEach(UdpSocket::close);
      throw e;
    }
    UdpRelay relay = new UdpRelay(fronts, clientSide, target, serverSide, timeline, seed);
    for (UdpSocket front : fronts) {
      Thread.ofPlatform()
          .daemon()
          .name("sockbed-link-front")
          .start(() -> relay.receiveFromClients(front));
    }
    return relay;
  }

  private static UdpSocket front(InetSocketAddress local, UdpConfig config) throws SocketFailure {
    UdpSocket front = UdpSocket.open(AddressFamily.of(local.getAddress()), config);
    try {
      front.bind(local);
      return front;
    } catch (SocketFailure e) {
      front.close();
      throw e;
    }
  }

  @Override
  public List<Address> addresses() {
    return fronts.stream().map(front -> Address.of(Transport.UDP, front.localAddress())).toList();
  }

  @Override
  public PacketCounts counters(Direction direction) {
    return direction == Direction.UP ? up.counters() : down.counters();
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long clients() {
    return clients.get();
  }

  @Override
  public long unfetched() {
    Set<Integer> frontPorts =
        fronts.stream().map(front -> front.localAddress().getPort()).collect(Collectors.toSet());
    Set<Integer> backPorts;
    synchronized (sessions) {
      backPorts =
          sessions.values().stream()
              .map(session -> session.socket().localAddress().getPort())
              .collect(Collectors.toSet());
    }
    return ReceiveDrops.of(clientSide, frontPorts::contains)
        + ReceiveDrops.of(serverSide, backPorts::contains);
  }

  @Override
  public long turnedAway() {
    return turnedAway.sum();
  }

  @Override
  public @Nullable String fault() {
    return fault;
  }

  private void receiveFromClients(UdpSocket front) {
    SchedulingPriority.take();
    ByteBuffer buffer = ByteBuffer.allocateDirect(UdpConfig.LONGEST_DATAGRAM);
    DatagramOutbox outbox = new DatagramOutbox(this::failed);
    while (!closed) {
      try {
        if (!front.hasReceived()) {
          outbox.flush();
        }
        front.receiveFrom(buffer.clear(), UdpConfig.LONGEST_DATAGRAM);
        Session session = session(Client.senderTo(front));
        up.offer(session.number(), session.server(), buffer.flip(), outbox);
      } catch (SocketFailure e) {
        failed(e);
      }
    }
  }

  private Session session(Client client) throws SocketFailure {
    synchronized (sessions) {
      Session known = sessions.get(client);
      if (known != null) {
        return known;
      }
      if (sessions.size() >= MOST_SESSIONS) {
        turnedAway.increment();
        sessions.pollFirstEntry().getValue().socket().close();
      }
      UdpConfig config = sessions.size() < MOST_BATCHED ? BATCHED : PLAIN;
      UdpSocket socket = serverSide.make(() -> socketToServer(config));
      socket.connect(target);
      Session session =
          new Session(
              clients.getAndIncrement(),
              new Destination(socket, null),
              new Destination(client.front(), client.address()));
      sessions.put(client, session);
      if (closed) {
        socket.close();
      }
      Thread.ofPlatform()
          .daemon()
          .name("sockbed-link-back-" + session.number())
          .start(() -> receiveFromServer(session));
      return session;
    }
  }

  private UdpSocket socketToServer(UdpConfig config) throws SocketFailure {
    UdpSocket socket = UdpSocket.open(AddressFamily.of(target.getAddress()), config);
    InetSocketAddress local = serverSide.local().address();
    if (local != null) {
      socket.bind(local);
    }
    return socket;
  }

  private void receiveFromServer(Session session) {
    SchedulingPriority.take();
    ByteBuffer buffer = ByteBuffer.allocateDirect(UdpConfig.LONGEST_DATAGRAM);
    DatagramOutbox outbox = new DatagramOutbox(this::failed);
    while (!closed && session.socket().isOpen()) {
      try {
        if (!session.socket().hasReceived()) {
          outbox.flush();
        }
        session.socket().receive(buffer.clear(), UdpConfig.LONGEST_DATAGRAM);
        down.offer(session.number(), session.client(), buffer.flip(), outbox);
      } catch (SocketFailure e) {
        failed(e);
      }
    }
  }

  private void failed(SocketFailure failure) {
    if (!closed && failure.error() != SocketError.CLOSED) {
      fault = failure.getMessage();
    }
  }

  @Override
  public void close() {
    closed = true;
    fronts.forEach(UdpSocket::close);
    up.close();
    down.close();
    synchronized (sessions) {
      sessions.values().forEach(session -> session.socket().close());
      sessions.clear();
    }
  }
}
