package dev.sockbed.client.device;

import static dev.sockbed.common.socket.BlockingSocket.END_OF_STREAM;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.UdpSocket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The receive call as a profile's program, or its firmware, knows it. */
final class BoardReceive {
  /** Nothing has come; the program looks again after its pause. */
  static final int NOTHING = -2;

  private final BoardProfile profile;
  private final BlockingSocket socket;
  private final int limit;
  private final BoardTime time;

  /** Room for the longest datagram of a stack that drops longer ones; null if it takes all. */
  private final @Nullable ByteBuffer whole;

  /** Of a stack in which few datagrams wait; null if the system's own queue will do. */
  private final @Nullable DatagramQueue queue;

  private boolean cut;
  private boolean emptyCame;

  BoardReceive(BoardProfile profile, BlockingSocket socket, SocketConfig config, BoardTime time) {
    this.profile = profile;
    this.socket = socket;
    this.limit = config.receiveLimit();
    this.time = time;
    this.whole =
        socket instanceof UdpSocket && profile.dropsDatagrams()
            ? ByteBuffer.allocateDirect(profile.longestDatagram())
            : null;
    this.queue =
        socket instanceof UdpSocket && profile.datagramQueue() < Integer.MAX_VALUE
            ? new DatagramQueue(
                socket,
                config.threads(),
                profile.datagramQueue(),
                profile.longestDatagram(),
                config.receiveTimeout())
            : null;
  }

  /**
   * Receives at the buffer's position.
   *
   * @return the number of bytes, {@link #NOTHING}, or {@link BlockingSocket#END_OF_STREAM} if the
   *     profile knows what that is
   */
  int into(ByteBuffer buffer) throws SocketFailure, InterruptedException {
    cut = false;
    return switch (profile) {
      case SOCKBED -> once(buffer, limit);
      case RP2 -> queue == null ? once(buffer, limit) : queued(buffer, queue);
      case LESSON -> Math.max(0, once(buffer, limit));
      case LESSON_2 -> ifAny(buffer, limit);
      case ESP32 -> unlessEmptyCame(buffer);
      case K230_A, K230_B -> collected(buffer);
    };
  }

  /** Whether a datagram of the last receive was longer than there was room for. */
  boolean wasCut() {
    return cut;
  }

  /** How many datagrams the stack has dropped since its queue was full. */
  long dropped() {
    return queue == null ? 0 : queue.dropped();
  }

  private int queued(ByteBuffer buffer, DatagramQueue queue)
      throws SocketFailure, InterruptedException {
    byte[] datagram = queue.next();
    int received = Math.min(datagram.length, limit);
    cut = datagram.length > limit;
    buffer.put(datagram, 0, received);
    return received;
  }

  private int once(ByteBuffer buffer, int atMost) throws SocketFailure {
    if (whole == null) {
      int received = socket.receive(buffer, atMost);
      cut |= socket.truncated();
      return received;
    }
    do {
      socket.receive(whole.clear(), whole.capacity());
    } while (socket.truncated()); // The stack would have dropped it.
    int received = Math.min(whole.flip().remaining(), atMost);
    cut |= whole.remaining() > atMost;
    buffer.put(whole.limit(received));
    return received;
  }

  private int unlessEmptyCame(ByteBuffer buffer) throws SocketFailure {
    if (emptyCame) {
      return 0;
    }
    int received = once(buffer, limit);
    emptyCame = received == 0;
    return received;
  }

  private int ifAny(ByteBuffer buffer, int atMost) throws SocketFailure {
    try {
      return once(buffer, atMost);
    } catch (SocketFailure e) {
      if (e.error() == SocketError.TIMED_OUT) {
        return NOTHING;
      }
      throw e;
    }
  }

  private int collected(ByteBuffer buffer) throws SocketFailure {
    long start = time.nanoTime();
    int all = 0;
    do {
      int received = pieceOrEnd(buffer, limit - all);
      if (received == END_OF_STREAM) {
        break;
      }
      all += Math.max(0, received);
    } while (all < limit && !isOver(start));
    return all == 0 ? NOTHING : all;
  }

  private boolean isOver(long start) {
    return !profile.waitsForAll() && time.nanoTime() - start >= profile.collecting().toNanos();
  }

  /** To the firmware's caller an error looks like an end, and either as if nothing had come. */
  private int pieceOrEnd(ByteBuffer buffer, int atMost) throws SocketFailure {
    try {
      return ifAny(buffer, atMost);
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED) {
        throw e; // Our own end: the program was interrupted.
      }
      return END_OF_STREAM;
    }
  }
}
