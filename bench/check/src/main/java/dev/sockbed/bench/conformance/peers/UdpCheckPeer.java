package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.OnePort;
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket of the checker's, or one at each of several addresses. It is not connected, so that
 * it hears an answer from the wrong address, too.
 *
 * @see TcpCheckPeer
 */
public final class UdpCheckPeer implements AutoCloseable {
  /** More than a case sends; what comes beyond it is a flood, and is dropped. */
  private static final int MOST_DATAGRAMS = 1_000;

  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  private final String name;
  private final List<UdpSocket> sockets;
  private final WireLog log;
  private final List<Thread> receivers;
  private final BlockingQueue<Datagram> arrived = new LinkedBlockingQueue<>(MOST_DATAGRAMS);

  /** Which of them somebody last spoke to: its answers come from there. */
  private volatile UdpSocket heardAt;

  private UdpCheckPeer(String name, List<UdpSocket> sockets, WireLog log) {
    this.name = name;
    this.sockets = sockets;
    this.log = log;
    this.heardAt = sockets.getFirst();
    for (UdpSocket socket : sockets) {
      log.event(name, "bound " + Address.of(Transport.UDP, socket.localAddress()));
    }
    receivers =
        sockets.stream()
            .map(socket ->
                ThreadKind.VIRTUAL.start("sockbed-check-" + name, () -> receiveAll(socket)))
            .toList();
  }

  /**
   * Binds at each of those addresses, and begins to receive.
   *
   * @param ends addresses, and port or 0 for any free one, which is then that of all
   * @throws SocketFailure if an address can't be had
   */
  public static UdpCheckPeer bound(String name, List<InetSocketAddress> ends, WireLog log)
      throws SocketFailure {
    OnePort<UdpSocket> onePort =
        new OnePort<>(
            UdpCheckPeer::socket, socket -> socket.localAddress().getPort(), UdpSocket::close);
    return new UdpCheckPeer(name, onePort.at(ends), log);
  }

  /**
   * Binds, and begins to receive.
   *
   * @param local address, and port or 0 for any free one
   * @throws SocketFailure if the address can't be had
   */
  public static UdpCheckPeer bound(String name, InetSocketAddress local, WireLog log)
      throws SocketFailure {
    return bound(name, List.of(local), log);
  }

  private static UdpSocket socket(InetSocketAddress local) throws SocketFailure {
    UdpConfig config =
        UdpConfig.DEFAULT
            .withReceiveLimit(UdpConfig.LONGEST_DATAGRAM)
            .withReceiveBufferBytes(RECEIVE_BUFFER_BYTES)
            .withThreads(ThreadKind.VIRTUAL);
    UdpSocket socket = UdpSocket.open(AddressFamily.of(local.getAddress()), config);
    try {
      socket.bind(local);
      return socket;
    } catch (SocketFailure e) {
      socket.close();
      throw e;
    }
  }

  private void receiveAll(UdpSocket socket) {
    ByteBuffer buffer = ByteBuffer.allocate(UdpConfig.LONGEST_DATAGRAM);
    while (socket.isOpen()) {
      try {
        int length = socket.receiveFrom(buffer.clear(), UdpConfig.LONGEST_DATAGRAM);
        byte[] bytes = Arrays.copyOf(buffer.array(), length);
        InetSocketAddress from = socket.sender();
        heardAt = socket;
        log.bytes(name, "received from port " + from.getPort(), bytes);
        if (!arrived.offer(new Datagram(bytes, from, System.nanoTime()))) {
          log.event(name, "flooded, dropped");
        }
      } catch (SocketFailure e) {
        if (e.error() == SocketError.CLOSED) {
          return;
        }
        log.event(name, "receiving failed: " + e.error().meaning());
      }
    }
  }

  /**
   * Sends one datagram.
   *
   * @throws Violation if the system refuses to
   */
  public void send(byte[] bytes, InetSocketAddress to) throws Violation {
    log.bytes(name, "sent to port " + to.getPort(), bytes);
    try {
      sender(to).sendTo(ByteBuffer.wrap(bytes), to);
    } catch (SocketFailure e) {
      // An earlier datagram's "port unreachable" may come out here; the next receive tells.
      log.event(name, "sending failed: " + e.error().meaning());
      if (e.error() != SocketError.REFUSED) {
        throw Violation.of("sending to it failed: " + e.error().meaning());
      }
    }
  }

  /**
   * Waits for a datagram.
   *
   * @return null if none came in that time
   */
  public @Nullable Datagram receive(Duration within) throws InterruptedException {
    return arrived.poll(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** The one that was last spoken to, unless it is of another family than the receiver. */
  private UdpSocket sender(InetSocketAddress to) {
    AddressFamily family = AddressFamily.of(to.getAddress());
    return Stream.concat(Stream.of(heardAt), sockets.stream())
        .filter(socket -> AddressFamily.of(socket.localAddress().getAddress()) == family)
        .findFirst()
        .orElse(heardAt);
  }

  /** The port that it is bound to, and the first address. */
  public InetSocketAddress address() {
    return sockets.getFirst().localAddress();
  }

  /** The same with the address that was last spoken to. */
  public InetSocketAddress heardAt() {
    return heardAt.localAddress();
  }

  /** In the log. */
  public String name() {
    return name;
  }

  /** Closes; when this returns, the port is free again, unless the system is very busy. */
  @Override
  public void close() {
    sockets.forEach(UdpSocket::close);
    try {
      boolean ended = true;
      for (Thread receiver : receivers) {
        ended &= receiver.join(LAST_MOMENT); // The port is held as long as its thread waits.
      }
      log.event(name, ended ? "closed" : "closed, and its thread has not ended yet");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
