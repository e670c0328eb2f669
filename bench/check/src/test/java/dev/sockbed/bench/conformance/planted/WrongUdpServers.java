package dev.sockbed.bench.conformance.planted;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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
            "answers again after 300 ms",
            "echo/udp/1.5",
            LIMIT,
            (socket, packet) -> {
              reply(socket, packet);
              later(socket, packet, 300);
            }),
        each(
            "answers after 5 s",
            "echo/udp/1.9",
            LIMIT,
            (socket, packet) -> later(socket, packet, 5_000)),
        new Planted<>(
            "answers equal datagrams once", "echo/udp/1.1", WrongUdpMemories::answeringEqualOnce),
        new Planted<>(
            "drops a datagram that is like the one before it",
            "echo/udp/1.1",
            WrongUdpMemories::droppingRepeats),
        new Planted<>(
            "answers a client's first datagram again after 300 ms",
            "echo/udp/1.5",
            WrongUdpMemories::answeringTheFirstAgain),
        new Planted<>(
            "answers every tenth datagram twice",
            "echo/udp/1.5",
            WrongUdpMemories::answeringEveryTenthTwice),
        new Planted<>(
            "answers all but a client's first datagram after 5 s",
            "echo/udp/1.9",
            WrongUdpMemories::answeringTheFirstInTime),
        new Planted<>(
            "loses each client's first datagram",
            "echo/udp/2.1",
            WrongUdpMemories::losingTheFirstOfEach),
        new Planted<>(
            "answers the port that an address had in the check before",
            "echo/udp/2.1",
            WrongUdpMemories::answeringAnEarlierPort),
        new Planted<>(
            "loses one datagram in five", "echo/udp/1.1", WrongUdpMemories::losingEveryFifth),
        new Planted<>("knows 64 peers", "echo/udp/2.1", () -> WrongUdpMemories.knowing(64)),
        new Planted<>(
            "answers the port that an address had first",
            "echo/udp/2.1",
            WrongUdpMemories::answeringTheFirstPort),
        changing(
            "takes blanks away",
            "echo/udp/1.4",
            bytes -> new String(bytes, ISO_8859_1).strip().getBytes(ISO_8859_1)),
        when(
            "ends the talk at a word",
            "echo/udp/1.4",
            packet ->
                !new String(packet.getData(), 0, packet.getLength(), ISO_8859_1).equals("quit")),
        when(
            "ends the talk at another word",
            "echo/udp/1.4",
            packet ->
                !new String(packet.getData(), 0, packet.getLength(), ISO_8859_1)
                    .equalsIgnoreCase("shutdown")),
        new Planted<>("has room for three datagrams", "echo/udp/1.8", WrongUdpMemories::shortQueue),
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
            WrongUdpMemories::answeringEightEach),
        changing("stamps probe messages with its own time", "probe/1.6", WrongProbes::stamped),
        new Planted<>(
            "answers the sender before", "echo/udp/2.1", WrongUdpMemories::answeringTheOneBefore),
        new Planted<>(
            "answers from another port", "echo/udp/2.2", WrongUdpMemories::answeringFromElsewhere),
        each("answers ports below 1024", "echo/udp/2.3", LIMIT, WrongUdpServers::reply),
        new Planted<>(
            "stops when a client has vanished", "echo/udp/3.1", WrongUdpMemories::connectingToEach),
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

  static void later(DatagramSocket socket, DatagramPacket packet, long millis) {
    byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
    DatagramPacket again = new DatagramPacket(bytes, bytes.length, packet.getSocketAddress());
    Thread.startVirtualThread(() -> {
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
        socket.send(again);
      } catch (IOException | InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    });
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
