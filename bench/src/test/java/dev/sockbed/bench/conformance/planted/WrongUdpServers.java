package dev.sockbed.bench.conformance.planted;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Echo servers over UDP, each wrong in its own way. */
final class WrongUdpServers {
  private static final int LIMIT = 128;

  private WrongUdpServers() {}

  static List<Planted<Supplier<UdpFixture>>> all() {
    return List.of(
        changing(
            "adds a line end",
            "echo/udp/1.1",
            bytes -> {
              byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
              more[bytes.length] = '\n';
              return more;
            }),
        changing(
            "drops the last byte",
            "echo/udp/1.1",
            bytes -> Arrays.copyOf(bytes, Math.max(0, bytes.length - 1))),
        when("ignores empty datagrams", "echo/udp/1.2", packet -> packet.getLength() > 0),
        each("answers 129 bytes for 129", "echo/udp/1.3", LIMIT + 1, WrongUdpServers::reply),
        each(
            "does not answer what is too long",
            "echo/udp/1.3",
            LIMIT + 1,
            (socket, packet) -> {
              if (packet.getLength() <= LIMIT) {
                reply(socket, packet);
              }
            }),
        changing("stops at a NUL", "echo/udp/1.4", WrongUdpServers::untilNul),
        each(
            "answers twice",
            "echo/udp/1.5",
            LIMIT,
            (socket, packet) -> {
              reply(socket, packet);
              reply(socket, packet);
            }),
        each(
            "answers short datagrams twice",
            "echo/udp/1.5",
            LIMIT,
            (socket, packet) -> {
              reply(socket, packet);
              if (packet.getLength() < 40) {
                reply(socket, packet);
              }
            }),
        each("merges datagrams", "echo/udp/1.6", LIMIT, WrongUdpServers::merge),
        each(
            "answers in two halves",
            "echo/udp/1.6",
            LIMIT,
            (socket, packet) -> {
              int half = packet.getLength() / 2;
              byte[] data = packet.getData();
              socket.send(new DatagramPacket(data, 0, half, packet.getSocketAddress()));
              socket.send(
                  new DatagramPacket(
                      data, half, packet.getLength() - half, packet.getSocketAddress()));
            }),
        each(
            "always answers its whole buffer",
            "echo/udp/1.7",
            LIMIT,
            (socket, packet) ->
                socket.send(
                    new DatagramPacket(packet.getData(), LIMIT, packet.getSocketAddress()))),
        new Planted<>(
            "answers a client's first eight datagrams",
            "echo/udp/1.8",
            WrongUdpServers::answeringEightEach),
        changing("stamps probe messages with its own time", "probe/1.6", WrongProbes::stamped),
        new Planted<>(
            "answers the sender before", "echo/udp/2.1", WrongUdpServers::answeringTheOneBefore),
        new Planted<>(
            "answers from another port", "echo/udp/2.2", WrongUdpServers::answeringFromElsewhere),
        each("answers ports below 1024", "echo/udp/2.3", LIMIT, WrongUdpServers::reply),
        new Planted<>(
            "stops when a client has vanished", "echo/udp/3.1", WrongUdpServers::connectingToEach),
        each(
            "takes an empty datagram for the end",
            "echo/udp/3.2",
            LIMIT,
            (socket, packet) -> {
              if (packet.getLength() == 0) {
                socket.close();
              } else {
                reply(socket, packet);
              }
            }));
  }

  private static Planted<Supplier<UdpFixture>> each(
      String fault, String rule, int limit, UdpFixture.Service service) {
    return new Planted<>(fault, rule, () -> UdpFixture.open(limit, service));
  }

  private static Planted<Supplier<UdpFixture>> changing(String fault, String rule, Change change) {
    return each(
        fault,
        rule,
        LIMIT,
        (socket, packet) -> {
          byte[] changed = change.of(Arrays.copyOf(packet.getData(), packet.getLength()));
          socket.send(new DatagramPacket(changed, changed.length, packet.getSocketAddress()));
        });
  }

  private static Planted<Supplier<UdpFixture>> when(String fault, String rule, Condition answers) {
    return each(
        fault,
        rule,
        LIMIT,
        (socket, packet) -> {
          if (answers.holdsFor(packet)) {
            reply(socket, packet);
          }
        });
  }

  static void reply(DatagramSocket socket, DatagramPacket packet) throws IOException {
    socket.send(
        new DatagramPacket(packet.getData(), packet.getLength(), packet.getSocketAddress()));
  }

  private static void merge(DatagramSocket socket, DatagramPacket packet) throws IOException {
    byte[] both = Arrays.copyOf(packet.getData(), 2 * LIMIT);
    DatagramPacket second = new DatagramPacket(new byte[LIMIT], LIMIT);
    socket.setSoTimeout(20);
    int length = packet.getLength();
    try {
      socket.receive(second);
      System.arraycopy(second.getData(), 0, both, length, second.getLength());
      length += second.getLength();
    } catch (SocketTimeoutException alone) {
      length = packet.getLength();
    } finally {
      socket.setSoTimeout(0);
    }
    socket.send(new DatagramPacket(both, length, packet.getSocketAddress()));
  }

  private static UdpFixture answeringEightEach() {
    Map<SocketAddress, Integer> received = new ConcurrentHashMap<>();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          if (received.merge(packet.getSocketAddress(), 1, Integer::sum) <= 8) {
            reply(socket, packet);
          }
        });
  }

  private static UdpFixture answeringTheOneBefore() {
    AtomicReference<@Nullable SocketAddress> before = new AtomicReference<>();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          SocketAddress last = before.getAndSet(packet.getSocketAddress());
          SocketAddress to = last == null ? packet.getSocketAddress() : last;
          socket.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
        });
  }

  private static UdpFixture answeringFromElsewhere() {
    return UdpFixture.open(
        LIMIT,
        (_, packet) -> {
          try (DatagramSocket other = new DatagramSocket()) {
            reply(other, packet);
          }
        });
  }

  /** A connected socket hears of its peer's closed port, and this server does not bear it. */
  private static UdpFixture connectingToEach() {
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          socket.connect(packet.getSocketAddress());
          socket.setSoTimeout(100);
          try {
            hear(socket); // So slow that a client that does not wait is gone.
            reply(socket, packet);
            hear(socket);
            socket.setSoTimeout(0);
            socket.disconnect();
          } catch (PortUnreachableException gone) {
            socket.close();
          }
        });
  }

  private static void hear(DatagramSocket socket) throws IOException {
    try {
      socket.receive(new DatagramPacket(new byte[LIMIT], LIMIT));
    } catch (SocketTimeoutException quiet) {
      return; // Nothing came, as is expected.
    }
  }

  private static byte[] untilNul(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  /** What comes back in the place of what was received. */
  @FunctionalInterface
  private interface Change {
    byte[] of(byte[] received);
  }

  /** Which datagrams are answered. */
  @FunctionalInterface
  private interface Condition {
    boolean holdsFor(DatagramPacket packet);
  }
}
