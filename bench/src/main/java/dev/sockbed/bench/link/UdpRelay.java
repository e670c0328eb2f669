package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Counters;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.Fate;
import dev.sockbed.bench.link.model.LinkModel;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
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

  private static final int IPV4_AND_UDP_HEADERS = 28;
  private static final int IPV6_AND_UDP_HEADERS = 48;
  private static final int BUFFER_BYTES = 4 << 20;

  private static final UdpConfig CONFIG =
      UdpConfig.DEFAULT
          .withReceiveLimit(UdpConfig.LONGEST_DATAGRAM)
          .withReceiveBufferBytes(BUFFER_BYTES)
          .withSendBufferBytes(BUFFER_BYTES);

  private final Place serverSide;
  private final InetSocketAddress target;
  private final UdpSocket front;
  private final int headerBytes;
  private final long startNanos = System.nanoTime();
  private final LinkModel up;
  private final LinkModel down;
  private final DelayLine<Datagram> upLine;
  private final DelayLine<Datagram> downLine;
  private final AtomicLong clients = new AtomicLong();

  /** Of the front's thread alone, but for the closing. */
  private final SequencedMap<InetSocketAddress, Session> sessions =
      new LinkedHashMap<>(16, 0.75f, true);

  private volatile @Nullable String fault;
  private volatile boolean closed;

  /** Some bytes of one client, and which way they go is said by the line they are in. */
  private record Datagram(Session session, ByteBuffer payload) {}

  /** What belongs to one client. */
  private record Session(InetSocketAddress client, UdpSocket socket) {}

  private UdpRelay(
      UdpSocket front, InetSocketAddress target, Place serverSide, Timeline timeline, long seed) {
    this.front = front;
    this.target = target;
    this.serverSide = serverSide;
    headerBytes =
        AddressFamily.of(target.getAddress()) == AddressFamily.INET
            ? IPV4_AND_UDP_HEADERS
            : IPV6_AND_UDP_HEADERS;
    up = new LinkModel(timeline, Direction.UP, seed, startNanos);
    down = new LinkModel(timeline, Direction.DOWN, seed, startNanos);
    upLine = new DelayLine<>("sockbed-link-up", this::toServer, up.counters());
    downLine = new DelayLine<>("sockbed-link-down", this::toClient, down.counters());
  }

  /**
   * Listens and relays.
   *
   * @param listen where clients send to; port 0 picks one
   * @param to the server
   * @param seed of everything that is random
   */
  public static UdpRelay open(Address listen, Address to, Timeline timeline, long seed)
      throws SocketFailure {
    return open(listen, Place.HERE, to, Place.HERE, timeline, seed);
  }

  /**
   * Listens in one network and relays to another.
   *
   * @param clientSide where the listening socket is made
   * @param serverSide where the sockets to the server are made
   */
  static UdpRelay open(
      Address listen, Place clientSide, Address to, Place serverSide, Timeline timeline, long seed)
      throws SocketFailure {
    InetSocketAddress target = to.asTarget().resolve().getFirst();
    InetSocketAddress local = listen.resolve().getFirst();
    UdpSocket front =
        clientSide.make(() -> UdpSocket.open(AddressFamily.of(local.getAddress()), CONFIG));
    try {
      front.bind(local);
    } catch (SocketFailure e) {
      front.close();
      throw e;
    }
    UdpRelay relay = new UdpRelay(front, target, serverSide, timeline, seed);
    Thread.ofPlatform().daemon().name("sockbed-link-front").start(relay::receiveFromClients);
    return relay;
  }

  @Override
  public Address address() {
    return Address.of(Transport.UDP, front.localAddress());
  }

  @Override
  public Counters counters(Direction direction) {
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
  public @Nullable String fault() {
    return fault;
  }

  private void receiveFromClients() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(UdpConfig.LONGEST_DATAGRAM);
    while (!closed) {
      try {
        front.receiveFrom(buffer.clear(), UdpConfig.LONGEST_DATAGRAM);
        Session session = session(front.sender());
        offer(up, upLine, session, buffer.flip(), this::toServer);
      } catch (SocketFailure e) {
        failed(e);
      }
    }
  }

  private Session session(InetSocketAddress client) throws SocketFailure {
    synchronized (sessions) {
      Session known = sessions.get(client);
      if (known != null) {
        return known;
      }
      if (sessions.size() >= MOST_SESSIONS) {
        sessions.pollFirstEntry().getValue().socket().close();
      }
      UdpSocket socket =
          serverSide.make(() -> UdpSocket.open(AddressFamily.of(target.getAddress()), CONFIG));
      socket.connect(target);
      Session session = new Session(client, socket);
      sessions.put(client, session);
      if (closed) {
        socket.close();
      }
      clients.incrementAndGet();
      Thread.ofPlatform()
          .daemon()
          .name("sockbed-link-back-" + clients.get())
          .start(() -> receiveFromServer(session));
      return session;
    }
  }

  private void receiveFromServer(Session session) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(UdpConfig.LONGEST_DATAGRAM);
    while (!closed && session.socket().isOpen()) {
      try {
        session.socket().receive(buffer.clear(), UdpConfig.LONGEST_DATAGRAM);
        offer(down, downLine, session, buffer.flip(), this::toClient);
      } catch (SocketFailure e) {
        failed(e);
      }
    }
  }

  /** Lets the model decide, and hands the datagram over now or puts it into the line. */
  private void offer(
      LinkModel model,
      DelayLine<Datagram> line,
      Session session,
      ByteBuffer payload,
      DelayLine.Receiver<Datagram> now) {
    Fate fate;
    long nowNanos;
    synchronized (model) {
      nowNanos = System.nanoTime();
      fate = model.offer(nowNanos, payload.remaining() + headerBytes);
    }
    if (fate.drop() != null) {
      return;
    }
    if (fate.corrupted()) {
      flip(payload, fate.flippedBit());
    }
    if (fate.copied()) {
      line.add(fate.copyArrivalNanos(), new Datagram(session, copy(payload)));
    }
    if (fate.arrivalNanos() - nowNanos > 0) {
      line.add(fate.arrivalNanos(), new Datagram(session, copy(payload)));
    } else {
      now.arrive(new Datagram(session, payload));
      model.counters().deliver(0);
    }
  }

  /** A bit of the headers, which the relay never sees, stands for one of the payload. */
  private static void flip(ByteBuffer payload, long bit) {
    if (payload.hasRemaining()) {
      long inPayload = bit % (8L * payload.remaining());
      int index = (int) (inPayload / 8);
      payload.put(index, (byte) (payload.get(index) ^ (0x80 >> (inPayload % 8))));
    }
  }

  private static ByteBuffer copy(ByteBuffer payload) {
    return ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
  }

  private void toServer(Datagram datagram) {
    send(() -> datagram.session().socket().send(datagram.payload()), datagram.session().socket());
  }

  private void toClient(Datagram datagram) {
    send(() -> front.sendTo(datagram.payload(), datagram.session().client()), front);
  }

  /** A call that sends. */
  private interface Send {
    int send() throws SocketFailure;
  }

  /** Two threads may send: the one that received, and the line's. */
  private void send(Send call, UdpSocket socket) {
    synchronized (socket) {
      try {
        call.send();
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
    front.close();
    upLine.close();
    downLine.close();
    synchronized (sessions) {
      sessions.values().forEach(session -> session.socket().close());
      sessions.clear();
    }
  }
}
