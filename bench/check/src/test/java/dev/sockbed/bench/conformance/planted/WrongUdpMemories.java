package dev.sockbed.bench.conformance.planted;

import static dev.sockbed.bench.conformance.planted.WrongUdpServers.later;
import static dev.sockbed.bench.conformance.planted.WrongUdpServers.reply;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Those of {@link WrongUdpServers} that keep something from one datagram to the next. */
final class WrongUdpMemories {
  private static final int LIMIT = 128;

  private WrongUdpMemories() {}

  static UdpFixture answeringEqualOnce() {
    Set<ByteBuffer> seen = ConcurrentHashMap.newKeySet();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          if (seen.add(ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength())))) {
            reply(socket, packet);
          }
        });
  }

  static UdpFixture droppingRepeats() {
    Map<SocketAddress, ByteBuffer> before = new ConcurrentHashMap<>();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          ByteBuffer now = ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
          if (!now.equals(before.put(packet.getSocketAddress(), now))) {
            reply(socket, packet);
          }
        });
  }

  static UdpFixture answeringTheFirstAgain() {
    Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          reply(socket, packet);
          if (peers.add(packet.getSocketAddress())) {
            later(socket, packet, 300);
          }
        });
  }

  static UdpFixture answeringEveryTenthTwice() {
    AtomicInteger received = new AtomicInteger();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          reply(socket, packet);
          if (received.incrementAndGet() % 10 == 0) {
            reply(socket, packet);
          }
        });
  }

  static UdpFixture answeringTheFirstInTime() {
    Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          if (peers.add(packet.getSocketAddress())) {
            reply(socket, packet);
          } else {
            later(socket, packet, 5_000);
          }
        });
  }

  static UdpFixture losingTheFirstOfEach() {
    Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          if (!peers.add(packet.getSocketAddress())) {
            reply(socket, packet);
          }
        });
  }

  /** Of the address from which all cases but one ask it knows a port that nobody has any more. */
  static UdpFixture answeringAnEarlierPort() {
    Map<InetAddress, SocketAddress> ports = new ConcurrentHashMap<>();
    InetAddress usual = InetAddress.getLoopbackAddress();
    ports.put(usual, new InetSocketAddress(usual, 9));
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          SocketAddress asking = packet.getSocketAddress();
          SocketAddress known =
              Objects.requireNonNullElse(ports.putIfAbsent(packet.getAddress(), asking), asking);
          socket.send(new DatagramPacket(packet.getData(), packet.getLength(), known));
        });
  }

  static UdpFixture losingEveryFifth() {
    AtomicInteger received = new AtomicInteger();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          if (received.incrementAndGet() % 5 != 0) {
            reply(socket, packet);
          }
        });
  }

  static UdpFixture knowing(int most) {
    Set<SocketAddress> peers = ConcurrentHashMap.newKeySet();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          SocketAddress peer = packet.getSocketAddress();
          if (peers.contains(peer) || (peers.size() < most && peers.add(peer))) {
            reply(socket, packet);
          }
        });
  }

  static UdpFixture answeringTheFirstPort() {
    AtomicReference<@Nullable SocketAddress> first = new AtomicReference<>();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          SocketAddress known =
              first.updateAndGet(old -> old == null ? packet.getSocketAddress() : old);
          socket.send(
              new DatagramPacket(
                  packet.getData(),
                  packet.getLength(),
                  known == null ? packet.getSocketAddress() : known));
        });
  }

  /** What comes while it works on one is dropped when three wait already. */
  static UdpFixture shortQueue() {
    Semaphore room = new Semaphore(3);
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          if (room.tryAcquire()) {
            byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            DatagramPacket answer =
                new DatagramPacket(bytes, bytes.length, packet.getSocketAddress());
            Thread.startVirtualThread(() -> {
              try {
                TimeUnit.MILLISECONDS.sleep(5);
                socket.send(answer);
              } catch (IOException | InterruptedException over) {
                Thread.currentThread().interrupt();
              } finally {
                room.release();
              }
            });
          }
        });
  }

  static UdpFixture answeringEightEach() {
    Map<SocketAddress, Integer> received = new ConcurrentHashMap<>();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          if (received.merge(packet.getSocketAddress(), 1, Integer::sum) <= 8) {
            reply(socket, packet);
          }
        });
  }

  static UdpFixture answeringTheOneBefore() {
    AtomicReference<@Nullable SocketAddress> before = new AtomicReference<>();
    return UdpFixture.open(
        LIMIT,
        (socket, packet) -> {
          SocketAddress last = before.getAndSet(packet.getSocketAddress());
          SocketAddress to = last == null ? packet.getSocketAddress() : last;
          socket.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
        });
  }

  static UdpFixture answeringFromElsewhere() {
    return UdpFixture.open(
        LIMIT,
        (_, packet) -> {
          try (DatagramSocket other = new DatagramSocket()) {
            reply(other, packet);
          }
        });
  }

  /** A connected socket hears of its peer's closed port, and this server does not bear it. */
  static UdpFixture connectingToEach() {
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
}
