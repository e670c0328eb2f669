package dev.sockbed.bench.load;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Asks who is there before a run is spent on them: sends one small message over a socket of its own
 * and looks at what comes back. An answer that is cut is as good as a whole one.
 */
public final class Knock {
  /** A datagram may be lost once or twice. */
  private static final int TRIES = 3;

  /** Unlike anything that a peer says of itself, from the first byte on. */
  private static final long SEQUENCE = 0x9AC3_E517_B06D_F482L;

  private final Address target;
  private final ProbeMessage codec = new ProbeMessage(ProbeMessage.HEADER_BYTES);
  private final ByteBuffer message = ByteBuffer.allocateDirect(ProbeMessage.HEADER_BYTES);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ProbeMessage.HEADER_BYTES);

  private Knock(Address target) {
    this.target = target;
  }

  /**
   * Knocks at the target, up to three times.
   *
   * @param socket how the socket is set; its receive timeout is not used
   * @param patience how long an answer may take
   * @throws NotAnEchoException if the answer is not what was sent
   * @throws SocketFailure if there is none: {@link SocketError#REFUSED}, {@link
   *     SocketError#TIMED_OUT}, {@link SocketError#UNREACHABLE}, {@link SocketError#RESET}, {@link
   *     SocketError#UNKNOWN_HOST}
   */
  public static void at(Address target, SocketConfig socket, Duration patience)
      throws SocketFailure, NotAnEchoException {
    SocketConfig patient = socket.withReceiveTimeout(patience);
    int triesLeft = socket instanceof UdpConfig ? TRIES : 1;
    while (true) {
      triesLeft--;
      try (BlockingSocket open = BlockingSocket.connected(target, patient)) {
        new Knock(target).exchange(open, socket.receiveLimit());
        return;
      } catch (SocketFailure e) {
        if (e.error() != SocketError.TIMED_OUT || triesLeft == 0) {
          throw e;
        }
      }
    }
  }

  private void exchange(BlockingSocket socket, int receiveLimit)
      throws SocketFailure, NotAnEchoException {
    codec.write(message, ProbeMessage.HEADER_BYTES, SEQUENCE);
    codec.stamp(message, System.nanoTime());
    socket.send(message.duplicate());
    boolean inPieces = socket instanceof TcpSocket;
    do {
      receive(socket, Math.min(receiveLimit, answer.remaining()));
    } while (inPieces && answer.hasRemaining());
  }

  private void receive(BlockingSocket socket, int limit) throws SocketFailure, NotAnEchoException {
    int received = socket.receive(answer, limit);
    if (received == BlockingSocket.END_OF_STREAM) {
      throw new SocketFailure(SocketError.RESET, "knock at " + target, null);
    }
    boolean tooLong = socket.truncated() && !answer.hasRemaining();
    ByteBuffer sofar = answer.duplicate().flip();
    boolean ours = sofar.equals(message.duplicate().limit(sofar.limit()));
    if (received == 0 || tooLong || !ours) {
      throw new NotAnEchoException(target);
    }
  }
}
