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
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket of the checker's. It is not connected, so that it hears an answer from the wrong
 * address, too.
 *
 * @see TcpPeer
 */
public final class UdpPeer implements AutoCloseable {
  /** More than a case sends; what comes beyond it is a flood, and is dropped. */
  private static final int MOST_DATAGRAMS = 1_000;

  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  private final String name;
  private final UdpSocket socket;
  private final WireLog log;
  private final Thread receiver;
  private final BlockingQueue<Datagram> arrived = new LinkedBlockingQueue<>(MOST_DATAGRAMS);

  private UdpPeer(String name, UdpSocket socket, WireLog log) {
    this.name = name;
    this.socket = socket;
    this.log = log;
    log.event(name, "bound " + Address.of(Transport.UDP, socket.localAddress()));
    receiver = ThreadKind.VIRTUAL.start("sockbed-check-" + name, this::receiveAll);
  }

  /**
   * Binds, and begins to receive.
   *
   * @param local address, and port or 0 for any free one
   * @throws SocketFailure if the address can't be had
   */
  public static UdpPeer bound(String name, InetSocketAddress local, WireLog log)
      throws SocketFailure {
    UdpConfig config =
        UdpConfig.DEFAULT
            .withReceiveLimit(UdpConfig.LONGEST_DATAGRAM)
            .withReceiveBufferBytes(RECEIVE_BUFFER_BYTES)
            .withThreads(ThreadKind.VIRTUAL);
    UdpSocket socket = UdpSocket.open(AddressFamily.of(local.getAddress()), config);
    try {
      socket.bind(local);
      return new UdpPeer(name, socket, log);
    } catch (SocketFailure e) {
      socket.close();
      throw e;
    }
  }

  private void receiveAll() {
    ByteBuffer buffer = ByteBuffer.allocate(UdpConfig.LONGEST_DATAGRAM);
    while (socket.isOpen()) {
      try {
        int length = socket.receiveFrom(buffer.clear(), UdpConfig.LONGEST_DATAGRAM);
        byte[] bytes = Arrays.copyOf(buffer.array(), length);
        InetSocketAddress from = socket.sender();
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
      socket.sendTo(ByteBuffer.wrap(bytes), to);
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

  /** The port that it is bound to. */
  public InetSocketAddress address() {
    return socket.localAddress();
  }

  /** In the log. */
  public String name() {
    return name;
  }

  /** Closes; when this returns, the port is free again, unless the system is very busy. */
  @Override
  public void close() {
    socket.close();
    try {
      boolean ended = receiver.join(LAST_MOMENT); // The port is held as long as its thread waits.
      log.event(name, ended ? "closed" : "closed, and its thread has not ended yet");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
