package dev.sockbed.client.device;

import static dev.sockbed.common.socket.BlockingSocket.END_OF_STREAM;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.BlockingSocket;
import java.nio.ByteBuffer;

/** The receive call as a profile's program, or its firmware, knows it. */
final class BoardReceive {
  /** Nothing has come; the program looks again after its pause. */
  static final int NOTHING = -2;

  private final BoardProfile profile;
  private final BlockingSocket socket;
  private final int limit;

  BoardReceive(BoardProfile profile, BlockingSocket socket, int limit) {
    this.profile = profile;
    this.socket = socket;
    this.limit = limit;
  }

  /**
   * Receives at the buffer's position.
   *
   * @return the number of bytes, {@link #NOTHING}, or {@link BlockingSocket#END_OF_STREAM} if the
   *     profile knows what that is
   */
  int into(ByteBuffer buffer) throws SocketFailure {
    return switch (profile) {
      case SOCKBED -> socket.receive(buffer, limit);
      case LESSON -> Math.max(0, socket.receive(buffer, limit));
      case LESSON_2 -> ifAny(buffer, limit);
      case K230 -> collected(buffer);
    };
  }

  private int ifAny(ByteBuffer buffer, int atMost) throws SocketFailure {
    try {
      return socket.receive(buffer, atMost);
    } catch (SocketFailure e) {
      if (e.error() == SocketError.TIMED_OUT) {
        return NOTHING;
      }
      throw e;
    }
  }

  private int collected(ByteBuffer buffer) throws SocketFailure {
    int all = 0;
    while (all < limit) {
      int received = orNothing(buffer, limit - all);
      if (received == NOTHING || received == END_OF_STREAM) {
        break;
      }
      all += received;
    }
    return all == 0 ? NOTHING : all;
  }

  /** To the firmware's caller an error looks as if nothing had come. */
  private int orNothing(ByteBuffer buffer, int atMost) throws SocketFailure {
    try {
      return ifAny(buffer, atMost);
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED) {
        throw e; // Our own end: the program was interrupted.
      }
      return NOTHING;
    }
  }
}
