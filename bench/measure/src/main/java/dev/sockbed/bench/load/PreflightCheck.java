package dev.sockbed.bench.load;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.BlockingSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks who is there before a run is spent on them: sends small messages over a socket of its own
 * and looks at what comes back. It is no stricter than the run: an answer may be lost, late or
 * damaged, and one that is cut is as good as a whole one. One right answer shows an echo server,
 * since no other knows these bytes; when only wrong ones came it is none.
 */
public final class PreflightCheck {
  /** A peer of which so many answers were wrong and none was right is no echo server. */
  private static final int TRIES = 5;

  /** Over UDP a message that was not answered in that time is followed by the next. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private static final int PAUSES_IN_PATIENCE = 4;

  /** Unlike anything that a peer says of itself, from the first byte on. */
  private static final long SEQUENCE = 0x9AC3_E517_B06D_F482L;

  private final Address target;
  private final int receiveLimit;
  private final long endNanos;
  private final ProbeMessage codec = new ProbeMessage(ProbeMessage.HEADER_BYTES);
  private final List<ByteBuffer> sent = new ArrayList<>();
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ProbeMessage.HEADER_BYTES);
  private int wrong;

  private PreflightCheck(Address target, int receiveLimit, long endNanos) {
    this.target = target;
    this.receiveLimit = receiveLimit;
    this.endNanos = endNanos;
  }

  /**
   * Knocks at the target, up to five times: over UDP from one socket, over TCP on a new connection
   * after each wrong answer.
   *
   * @param socket how the socket is set; its receive timeout is not used, nor a local port
   * @param patience how long an answer may take
   * @throws NotAnEchoException if the answers are not what was sent
   * @throws SocketFailure if there is none: {@link SocketError#REFUSED}, {@link
   *     SocketError#TIMED_OUT}, {@link SocketError#UNREACHABLE}, {@link SocketError#RESET}, {@link
   *     SocketError#UNKNOWN_HOST}
   */
  public static void at(Address target, SocketConfig socket, Duration patience)
      throws SocketFailure, NotAnEchoException {
    switch (socket) {
      case TcpConfig tcp ->
          overConnections(
              target,
              tcp.withReceiveTimeout(patience).withLocal(tcp.shared().local().withoutPort()));
      case UdpConfig udp -> {
        Duration quarter = patience.dividedBy(PAUSES_IN_PATIENCE);
        Duration pause = quarter.compareTo(LONGEST_PAUSE) < 0 ? quarter : LONGEST_PAUSE;
        long end = System.nanoTime() + pause.multipliedBy(TRIES - 1L).plus(patience).toNanos();
        try (BlockingSocket open =
            BlockingSocket.connected(
                target,
                udp.withReceiveTimeout(pause).withLocal(udp.shared().local().withoutPort()))) {
          new PreflightCheck(target, socket.receiveLimit(), end).overDatagrams(open);
        }
      }
    }
  }

  private static void overConnections(Address target, TcpConfig socket)
      throws SocketFailure, NotAnEchoException {
    for (int wrong = 0; wrong < TRIES; wrong++) {
      try (BlockingSocket open = BlockingSocket.connected(target, socket)) {
        if (new PreflightCheck(target, socket.receiveLimit(), Long.MAX_VALUE).isEchoed(open)) {
          return;
        }
      } catch (SocketFailure e) {
        if (wrong == 0) {
          throw e;
        }
        break; // A wrong answer says more than the silence after it.
      }
    }
    throw new NotAnEchoException(target);
  }

  private boolean isEchoed(BlockingSocket stream) throws SocketFailure {
    send(stream);
    while (answer.hasRemaining()) {
      int received = stream.receive(answer, Math.min(receiveLimit, answer.remaining()));
      if (received == BlockingSocket.END_OF_STREAM) {
        throw new SocketFailure(SocketError.RESET, "preflight at " + target, null);
      }
      if (!isOurs()) {
        return false;
      }
    }
    return true;
  }

  private void overDatagrams(BlockingSocket socket) throws SocketFailure, NotAnEchoException {
    send(socket);
    while (!isAnswered(socket)) {
      if (wrong == TRIES) {
        throw new NotAnEchoException(target);
      }
      if (sent.size() < TRIES) {
        send(socket);
      }
    }
  }

  /** Waits for one answer, or for the time to send once more. */
  private boolean isAnswered(BlockingSocket socket) throws SocketFailure, NotAnEchoException {
    try {
      answer.clear();
      int received = socket.receive(answer, Math.min(receiveLimit, answer.remaining()));
      boolean tooLong = socket.truncated() && !answer.hasRemaining();
      if (received > 0 && !tooLong && isOurs()) {
        return true;
      }
      wrong++;
    } catch (SocketFailure e) {
      boolean over = System.nanoTime() - endNanos >= 0;
      if (over && wrong > 0) {
        throw new NotAnEchoException(target);
      }
      if (e.error() != SocketError.TIMED_OUT || over) {
        throw e;
      }
    }
    return false;
  }

  private void send(BlockingSocket socket) throws SocketFailure {
    ByteBuffer message = ByteBuffer.allocateDirect(ProbeMessage.HEADER_BYTES);
    codec.write(message, ProbeMessage.HEADER_BYTES, SEQUENCE);
    codec.stamp(message, System.nanoTime());
    sent.add(message);
    socket.send(message.duplicate());
  }

  /** Whether what has come so far is the beginning of a message that was sent. */
  private boolean isOurs() {
    ByteBuffer soFar = answer.duplicate().flip();
    return sent.stream()
        .anyMatch(message -> soFar.equals(message.duplicate().limit(soFar.limit())));
  }
}
