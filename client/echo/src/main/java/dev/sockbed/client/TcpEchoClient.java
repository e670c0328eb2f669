package dev.sockbed.client;

import dev.sockbed.common.Address;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.Watchdog;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Asks a TCP echo server. A stream has no messages, so the client counts: the echo of a message has
 * come when as many bytes as it has are back, in however many receives of at most the receive
 * limit.
 *
 * <p>Bytes that come too late would be taken for the next message's. So an exchange that ends with
 * anything but {@link Outcome#OK} or {@link Outcome#CORRUPT} has closed the connection, and every
 * later one is {@link Outcome#FAILED}: connect anew.
 *
 * <ul>
 *   <li>{@code OK}: all the bytes came back, the same.
 *   <li>{@code CORRUPT}: as many bytes, or fewer and then the stream's end, but not the same.
 *   <li>{@code TRUNCATED}: the stream ended after some of the bytes.
 *   <li>{@code LOST}: the stream ended before the first of them, or the timeout ran out, or {@link
 *       #close} was called meanwhile.
 *   <li>{@code REFUSED}: the peer broke the connection off (RST).
 *   <li>{@code FAILED}: the connection was closed already.
 * </ul>
 *
 * @see UdpEchoClient
 */
public final class TcpEchoClient implements EchoClient {
  /**
   * The most bytes of one message under way. A server that echoes as it reads stops reading when
   * its echo is not taken, so a client that first sends everything would wait for ever.
   */
  private static final int WINDOW_BYTES = 64 << 10;

  private final TcpSocket socket;
  private final int receiveLimit;
  private final long timeoutNanos;
  private final Watchdog.Guard guard;

  private TcpEchoClient(TcpSocket socket, int receiveLimit, Duration timeout) {
    this.socket = socket;
    this.receiveLimit = receiveLimit;
    this.timeoutNanos = timeout.toNanos();
    this.guard = Watchdog.guard(timeout, socket::close);
  }

  /**
   * Connects to an echo server.
   *
   * @param config as it is, but for the receive and send timeouts: the exchange's own takes their
   *     place, so that the path of an exchange is the untimed receive, which costs least
   * @param timeout how long one exchange may take, longer than zero
   * @throws SocketFailure that of the last of the server's addresses that was tried
   */
  public static TcpEchoClient connect(Address server, TcpConfig config, Duration timeout)
      throws SocketFailure {
    Exchanges.check(Transport.TCP, server, timeout);
    TcpConfig untimed = config.withReceiveTimeout(Duration.ZERO).withSendTimeout(Duration.ZERO);
    TcpSocket socket = TcpSocket.connected(server, untimed);
    return new TcpEchoClient(socket, config.receiveLimit(), timeout);
  }

  @Override
  public Outcome exchange(ByteBuffer request, ByteBuffer reply) {
    if (!request.hasRemaining()) {
      throw new IllegalArgumentException("an empty message can't be seen in a stream");
    }
    Exchanges.checkRoom(request, reply);
    int requestStart = request.position();
    int requestEnd = request.limit();
    int replyStart = reply.position();
    if (!socket.isOpen()) {
      return Outcome.FAILED;
    }
    guard.arm(timeoutNanos);
    try {
      sendAndReceive(request, reply);
    } catch (SocketFailure e) {
      close();
      return switch (e.error()) {
        case REFUSED, RESET -> Outcome.REFUSED;
        default -> Outcome.LOST;
      };
    } finally {
      guard.disarm();
      request.limit(requestEnd).position(requestStart);
    }
    return compare(request, reply, replyStart);
  }

  /** Until the whole echo is back, or the stream ends. */
  private void sendAndReceive(ByteBuffer request, ByteBuffer reply) throws SocketFailure {
    int length = request.remaining();
    int requestEnd = request.limit();
    int sent = 0;
    int received = 0;
    while (received < length) {
      int underWay = sent - received;
      if (sent < length && underWay <= WINDOW_BYTES / 2) {
        int next = Math.min(length - sent, WINDOW_BYTES - underWay);
        request.limit(requestEnd - length + sent + next);
        sent += socket.send(request);
      }
      int count = socket.receive(reply, Math.min(receiveLimit, length - received));
      if (count == BlockingSocket.END_OF_STREAM) {
        return;
      }
      received += count;
    }
  }

  private Outcome compare(ByteBuffer request, ByteBuffer reply, int replyStart) {
    int received = reply.position() - replyStart;
    int missing = request.remaining() - received;
    if (missing > 0) {
      close();
    }
    if (received == 0) {
      return Outcome.LOST;
    }
    if (!Exchanges.beginsWith(request, reply, replyStart)) {
      return Outcome.CORRUPT;
    }
    return missing == 0 ? Outcome.OK : Outcome.TRUNCATED;
  }

  @Override
  public FiveTuple fiveTuple() {
    return socket.fiveTuple();
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() {
    guard.close();
    socket.close();
  }
}
