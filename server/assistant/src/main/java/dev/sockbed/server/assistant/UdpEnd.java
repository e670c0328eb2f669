package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.server.SourceRule;
import java.io.Closeable;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One of a UDP session's sockets, and the thread that receives from it. */
final class UdpEnd implements Closeable {
  private static final long PAUSE_AFTER_FAILURE_NANOS = 5_000_000;

  private final UdpSocket socket;
  private final InetSocketAddress local;
  private final int receiveLimit;
  private final ByteBuffer buffer;
  private final SourceRule sources;
  private final Journal journal;
  private final Thread receiver;

  /** What is done with a datagram, by the receiving thread. */
  interface Receiver {
    void received(UdpEnd here, InetSocketAddress sender, ByteBuffer bytes, boolean cut);
  }

  private UdpEnd(
      UdpSocket socket, int receiveLimit, SourceRule sources, Journal journal, Receiver then) {
    this.socket = socket;
    this.local = socket.localAddress();
    this.receiveLimit = receiveLimit;
    this.buffer = ByteBuffer.allocateDirect(receiveLimit);
    this.sources = sources;
    this.journal = journal;
    this.receiver =
        Thread.ofPlatform()
            .daemon()
            .name("sockbed-assistant-receive")
            .unstarted(() -> receiveAll(then));
  }

  /** Binds a socket; nothing is received until {@link #start}. */
  static UdpEnd open(InetSocketAddress where, UdpConfig config, Journal journal, Receiver then)
      throws SocketFailure {
    UdpSocket socket = UdpSocket.open(AddressFamily.of(where.getAddress()), config);
    try {
      socket.bind(where);
      SourceRule sources = SourceRule.of(socket.localAddress());
      return new UdpEnd(socket, config.receiveLimit(), sources, journal, then);
    } catch (SocketException e) {
      socket.close();
      throw SocketFailure.of("list this machine's interfaces", e);
    } catch (SocketFailure | OutOfMemoryError e) {
      socket.close();
      throw e;
    }
  }

  void start() {
    receiver.start();
  }

  String localAddress() {
    return Address.of(Transport.UDP, local).toString();
  }

  int port() {
    return local.getPort();
  }

  boolean isOpen() {
    return socket.isOpen();
  }

  /** Whether a datagram to that address can leave here at all: IPv6 can't from an IPv4 socket. */
  boolean reaches(InetSocketAddress remote) {
    return remote.getAddress() instanceof Inet4Address
        || !(local.getAddress() instanceof Inet4Address);
  }

  /** Whether that source may be answered by a rule. */
  boolean mayAnswer(InetSocketAddress source) {
    return sources.against(source) == null;
  }

  void send(ByteBuffer bytes, InetSocketAddress remote) throws SocketFailure {
    socket.sendTo(bytes, remote);
  }

  private void receiveAll(Receiver then) {
    while (isOpen()) {
      try {
        socket.receiveFrom(buffer.clear(), receiveLimit);
        then.received(this, socket.sender(), buffer.flip(), socket.truncated());
      } catch (SocketFailure e) {
        if (e.error() != SocketError.CLOSED) {
          journal.session(RowKind.ERROR, localAddress(), String.valueOf(e.getMessage()));
          LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        }
      } catch (RuntimeException | Error e) {
        // It costs this datagram; the next may be another's, and there may be memory again.
        journal.session(RowKind.ERROR, localAddress(), "a fault in receiving: " + e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    }
  }

  /** Closes the socket, which ends the thread. */
  @Override
  public void close() {
    socket.close();
  }

  void awaitEnd(Duration atMost) throws InterruptedException {
    receiver.join(atMost);
  }
}
