package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkModel;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.linux.NetworkNamespace;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.common.linux.TunDevice;
import dev.sockbed.common.socket.Watchdog;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * An emulated link between two networks inside this process, a client's and a server's. Sockets of
 * either side are the system's own: what is lost on the link is a real TCP segment, and it is the
 * system's TCP that sends it again.
 *
 * <p>In each network there is a loopback interface and one named {@code link0}; the addresses are
 * from the block for benchmarks (RFC 2544). Nothing of it can be seen from outside, and nothing
 * outside can be reached from there.
 */
public final class TunLink implements AutoCloseable {
  /** The client's address. */
  public static final String CLIENT_ADDRESS = "198.18.0.1";

  /** The server's address. */
  public static final String SERVER_ADDRESS = "198.18.0.2";

  private static final int PREFIX = 30;
  private static final String INTERFACE = "link0";

  /** What may wait for the pump: the link's own queue is the model's, and this must not drop. */
  private static final int QUEUE_PACKETS = 10_000;

  private static final Path STATISTICS = Path.of("/proc/thread-self/net/dev");
  private static final Path PROTOCOLS = Path.of("/proc/thread-self/net/snmp");
  private static final int TRANSMIT_DROPPED = 11;

  private final Side client;
  private final Side server;
  private final long startNanos;
  private final TunPump up;
  private final TunPump down;

  /** One end: a network and its interface. */
  private record Side(NetworkNamespace network, TunDevice device) {
    static Side open(String name, String address) {
      NetworkNamespace network = NetworkNamespace.create(name);
      try {
        Inet4Address own = Inet4Address.ofLiteral(address);
        return new Side(
            network, network.call(() -> TunDevice.open(INTERFACE, own, PREFIX, QUEUE_PACKETS)));
      } catch (RuntimeException e) {
        network.close();
        throw e;
      }
    }

    void close() {
      device.close();
      network.close();
    }
  }

  private TunLink(
      Side client, Side server, Timeline timeline, long seed, @Nullable PacketTrace trace) {
    this.client = client;
    this.server = server;
    startNanos = System.nanoTime();
    LinkModel upModel = new LinkModel(timeline, Direction.UP, seed, startNanos);
    LinkModel downModel = new LinkModel(timeline, Direction.DOWN, seed, startNanos);
    up = new TunPump(client.device(), server.device(), upModel, trace);
    down = new TunPump(server.device(), client.device(), downModel, trace);
  }

  /**
   * Makes both networks and the link between them.
   *
   * @param seed of everything that is random
   * @param trace gets all packets, or null
   * @throws NotPermittedException if this process may not
   * @throws NotOnThisSystemException where there are no such networks
   */
  public static TunLink open(Timeline timeline, long seed, @Nullable PacketTrace trace) {
    // The watchdog's thread lives for ever; it must not begin, and so stay, in one of the networks.
    Watchdog.guard(Duration.ofSeconds(1), () -> {}).close();
    Side client = Side.open("client", CLIENT_ADDRESS);
    try {
      return new TunLink(client, Side.open("server", SERVER_ADDRESS), timeline, seed, trace);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** What became of the packets so far. */
  public PacketCounts counters(Direction direction) {
    return (direction == Direction.UP ? up : down).counters();
  }

  /** The moment that is zero in the timeline. */
  public long startNanos() {
    return startNanos;
  }

  /** Where the client's sockets are made. */
  public NetworkContext clientSide() {
    return place(client.network());
  }

  /** Where the server's sockets are made. */
  public NetworkContext serverSide() {
    return place(server.network());
  }

  /** Runs something in the client's network; see {@link NetworkNamespace#call}. */
  public <T> T inClient(Callable<T> work) {
    return client.network().call(work);
  }

  /** Runs something in the server's network. */
  public <T> T inServer(Callable<T> work) {
    return server.network().call(work);
  }

  /**
   * Makes a server outside reachable in the server's network, at the server's address and the same
   * port.
   *
   * @return a relay, to be closed by the caller
   */
  public Relay door(Address target) throws SocketFailure {
    Address inside = new Address(target.transport(), SERVER_ADDRESS, target.port());
    Timeline perfect = Timeline.constant(LinkSpec.PERFECT);
    return switch (target.transport()) {
      case TCP ->
          TcpRelay.open(inside, serverSide(), target, NetworkContext.HERE, perfect, Toxics.NONE, 0);
      case UDP -> UdpRelay.open(inside, serverSide(), target, NetworkContext.HERE, perfect, 0);
    };
  }

  /**
   * Packets that the system dropped because this program did not fetch them in time: a fault of the
   * emulator that must not be taken for the link's.
   */
  public long unfetched() {
    return inClient(TunLink::transmitDropped) + inServer(TunLink::transmitDropped);
  }

  /** Why packets are carried no more, in one line; null as long as they are. */
  public @Nullable String fault() {
    for (TunPump pump : List.of(up, down)) {
      IOException failure = pump.failure();
      if (failure != null) {
        return "the link carries no more packets: " + failure.getMessage();
      }
    }
    return null;
  }

  /** Segments that the system's TCP has sent again, both ends together. */
  public long tcpRetransmits() {
    return inClient(TunLink::retransmitted) + inServer(TunLink::retransmitted);
  }

  /** A line of names and below it a line of numbers, both beginning with the protocol. */
  private static long retransmitted() throws IOException {
    List<String[]> tcp =
        Files.readAllLines(PROTOCOLS).stream()
            .filter(line -> line.startsWith("Tcp:"))
            .map(line -> line.split(" ", -1))
            .toList();
    int place = List.of(tcp.getFirst()).indexOf("RetransSegs");
    return Long.parseLong(tcp.getLast()[place]);
  }

  private static long transmitDropped() throws IOException {
    for (String line : Files.readAllLines(STATISTICS)) {
      String[] parts = line.strip().split("[:\\s]+", -1);
      if (parts[0].equals(INTERFACE)) {
        return Long.parseLong(parts[1 + TRANSMIT_DROPPED]);
      }
    }
    throw new IOException(STATISTICS + " does not list " + INTERFACE);
  }

  private static NetworkContext place(NetworkNamespace network) {
    return new NetworkContext() {
      @Override
      public <T> T make(Maker<T> maker) throws SocketFailure {
        Made<T> made =
            network.call(() -> {
              try {
                return new Made<>(maker.make(), null);
              } catch (SocketFailure e) {
                return new Made<T>(null, e);
              }
            });
        if (made.failure() != null) {
          throw made.failure();
        }
        return Objects.requireNonNull(made.value());
      }
    };
  }

  /** What came of making something there. */
  private record Made<T>(@Nullable T value, @Nullable SocketFailure failure) {}

  /** Ends the threads and removes both networks. */
  @Override
  public void close() {
    up.close();
    down.close();
    client.close();
    server.close();
  }
}
