package dev.sockbed.client;

import dev.sockbed.common.Address;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.socket.Watchdog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks a UDP echo server. A datagram may be lost, come late or come twice, so the client tells by
 * its bytes which request a reply belongs to: number your requests, since replies to equal ones
 * can't be told apart.
 *
 * <p>A reply to one of the 15 requests before the one that waits is counted ({@link #lateReplies},
 * {@link #duplicateReplies}) and skipped. No outcome makes the client unusable.
 *
 * <ul>
 *   <li>{@code OK}: the datagram came back, the same.
 *   <li>{@code CORRUPT}: one came back with other bytes, or with more.
 *   <li>{@code TRUNCATED}: its beginning came back, cut to this client's receive limit or to the
 *       server's.
 *   <li>{@code LOST}: none came within the timeout, or before {@link #close}.
 *   <li>{@code REFUSED}: the network said that nobody listens there (ICMP).
 *   <li>{@code FAILED}: it could not be sent; it is longer than a datagram can be, say, or the
 *       client is closed.
 * </ul>
 *
 * @see TcpEchoClient
 */
public final class UdpEchoClient implements EchoClient {
  private final int receiveLimit;
  private final long timeoutNanos;
  private final Watchdog.Guard guard;
  private final RecentRequests recent;
  private final AtomicLong lateReplies = new AtomicLong();
  private final AtomicLong duplicateReplies = new AtomicLong();

  // Written under the lock: the socket is replaced by the exchanging thread, and closed by any.
  private final Object lock = new Object();
  private volatile UdpSocket socket;
  private volatile boolean closed;

  private UdpEchoClient(UdpSocket socket, int receiveLimit, Duration timeout) {
    this.socket = socket;
    this.receiveLimit = receiveLimit;
    this.timeoutNanos = timeout.toNanos();
    this.recent = new RecentRequests(receiveLimit);
    this.guard = Watchdog.guard(timeout, this::closeSocket);
  }

  /**
   * Connects to an echo server, which sends nothing: a server that is not there shows in the first
   * exchange.
   *
   * @param config as it is, but for the receive timeout: the exchange's own takes its place, so
   *     that the path of an exchange is the untimed receive, which costs least
   * @param timeout how long one exchange may take, longer than zero
   * @throws SocketFailure that of the last of the server's addresses that was tried
   */
  public static UdpEchoClient connect(Address server, UdpConfig config, Duration timeout)
      throws SocketFailure {
    Exchanges.check(Transport.UDP, server, timeout);
    UdpSocket socket = UdpSocket.connected(server, config.withReceiveTimeout(Duration.ZERO));
    return new UdpEchoClient(socket, config.receiveLimit(), timeout);
  }

  @Override
  public Outcome exchange(ByteBuffer request, ByteBuffer reply) {
    Exchanges.checkRoom(request, reply);
    int requestStart = request.position();
    boolean sent = false;
    guard.arm(timeoutNanos);
    try {
      socket.send(request);
      sent = true;
      recent.add(request.position(requestStart));
      return awaitReply(socket, reply);
    } catch (SocketFailure e) {
      return fate(e.error(), sent);
    } finally {
      guard.disarm();
      request.position(requestStart);
      replaceIfTimedOut();
    }
  }

  private Outcome awaitReply(UdpSocket socket, ByteBuffer reply) throws SocketFailure {
    int start = reply.position();
    int limit = Math.min(receiveLimit, reply.remaining());
    while (true) {
      int received = socket.receive(reply, limit);
      boolean cut = socket.truncated();
      int age = recent.echoed(reply, start, cut);
      if (age == RecentRequests.NONE && !cut) {
        age = recent.begun(reply, start);
      }
      if (age == RecentRequests.NONE) {
        return Outcome.CORRUPT;
      }
      boolean answeredBefore = recent.answer(age);
      if (age == 0) {
        return received == recent.length(0) ? Outcome.OK : Outcome.TRUNCATED;
      }
      (answeredBefore ? duplicateReplies : lateReplies).incrementAndGet();
      reply.position(start);
    }
  }

  private static Outcome fate(SocketError error, boolean sent) {
    return switch (error) {
      case REFUSED -> Outcome.REFUSED;
      // A route that ends on the way is told by ICMP, after the sending.
      case UNREACHABLE -> sent ? Outcome.REFUSED : Outcome.FAILED;
      default -> sent ? Outcome.LOST : Outcome.FAILED;
    };
  }

  /**
   * Only a close ends an untimed receive. So after a timeout there is a new socket, with the port
   * of the old one, so that the server takes it for the same peer and late replies still find it.
   */
  private void replaceIfTimedOut() {
    if (socket.isOpen()) {
      return;
    }
    if (Thread.currentThread().isInterrupted()) {
      close(); // It was the interrupt that closed the socket, as it would the next one.
    }
    // Under the lock the old socket's closing has come to its end, and its port is free.
    synchronized (lock) {
      if (closed) {
        return;
      }
      try {
        socket = socket.reopened();
      } catch (SocketFailure e) {
        // It stays closed: the next exchange tells of that, being FAILED, and then tries again.
      }
    }
  }

  /**
   * Protocol and both ends. The local port may be another one after an exchange that was lost, if
   * somebody else took the old one just then.
   */
  @Override
  public FiveTuple fiveTuple() {
    return socket.fiveTuple();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /**
   * How many replies came after the exchange of their request was over without one. Counted when
   * they are met, in a later exchange.
   */
  public long lateReplies() {
    return lateReplies.get();
  }

  /** How many replies came to requests that had one before. Counted as the late ones are. */
  public long duplicateReplies() {
    return duplicateReplies.get();
  }

  @Override
  public void close() {
    guard.close();
    synchronized (lock) {
      closed = true;
      socket.close();
    }
  }

  private void closeSocket() {
    synchronized (lock) {
      socket.close();
    }
  }
}
