package dev.sockbed.bench.load;

import dev.sockbed.common.Address;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.linux.TcpInfo;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Messages over a TCP connection. What comes back is a stream, in pieces of at most the receive
 * limit; the messages are put together again by their sizes, which follow from their order.
 *
 * @see UdpLane
 */
final class TcpLane implements Lane {
  private final Address target;
  private final TcpConfig config;
  private final MessageSizes sizes;

  /** The beginning of a message, or what one receive gave. */
  private final ByteBuffer stream;

  /** When the system was last asked for bytes and gave some. */
  private long receivedNanos;

  private volatile @Nullable Connection connection;

  TcpLane(Address target, TcpConfig config, MessageSizes sizes) {
    this.target = target;
    // Whoever supervises the run closes a socket that is stuck, so no call needs its own bound.
    this.config = config.withReceiveTimeout(Duration.ZERO).withSendTimeout(Duration.ZERO);
    this.sizes = sizes;
    this.stream = ByteBuffer.allocateDirect(sizes.largest() + config.receiveLimit());
  }

  @Override
  public void connect() throws SocketFailure {
    connection = new Connection(TcpSocket.connected(target, config));
    stream.clear();
  }

  @Override
  public int localPort() {
    Connection now = connection;
    return now == null ? -1 : now.socket.fiveTuple().local().getPort();
  }

  @Override
  public @Nullable StreamState stream() {
    Connection now = connection;
    TcpInfo info = now == null ? null : now.socket.info();
    return info == null
        ? null
        : new StreamState(
            TimeUnit.MICROSECONDS.toNanos(info.smoothedRttMicros()),
            TimeUnit.MICROSECONDS.toNanos(info.rttVariationMicros()),
            info.retransmitted(),
            new StreamState.Data(info.bytesAcknowledged(), info.dataSegmentsSent()),
            new StreamState.Data(info.bytesReceived(), info.dataSegmentsReceived()));
  }

  @Override
  public @Nullable GrantedOptions options() throws SocketFailure {
    Connection now = connection;
    return now == null ? null : now.socket.options();
  }

  @Override
  public boolean isConnected() {
    Connection now = connection;
    return now != null && now.socket.isOpen();
  }

  @Override
  public int send(ByteBuffer message, long sequence) throws SocketFailure {
    beginning(sequence).send(message);
    return 0;
  }

  @Override
  public boolean enqueue(ByteBuffer message, long sequence) throws SocketFailure {
    return beginning(sequence).enqueue(message);
  }

  @Override
  public boolean enqueueRun(ByteBuffer messages, int size, long sequence) throws SocketFailure {
    return beginning(sequence).enqueue(messages);
  }

  private TcpSocket beginning(long sequence) throws SocketFailure {
    Connection now = existing();
    if (now.first == Connection.NOTHING_SENT) {
      now.first = sequence; // Before its first bytes go out, so before any can come back.
    }
    return now.socket;
  }

  @Override
  public int flush() throws SocketFailure {
    existing().socket.flush();
    return 0;
  }

  @Override
  public int enqueued() {
    return 0;
  }

  @Override
  public boolean hasReceived() {
    Connection now = connection;
    return now != null && now.socket.hasReceived();
  }

  // It matters which buffer it is, not what is in it.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public int receive(Replies replies) throws SocketFailure {
    Connection now = existing();
    boolean ahead = now.socket.hasReceived();
    int limit = config.receiveLimit();
    ByteBuffer bytes;
    boolean ended;
    if (stream.position() == 0) {
      bytes = now.socket.receiveAvailable(stream, limit);
      ended = !bytes.hasRemaining();
    } else {
      // No more than completes the message, if there is more: that need not be copied.
      int rest = sizes.at(now.expected) - stream.position();
      int most = ahead ? Math.min(limit, rest) : limit;
      ended = now.socket.receive(stream, most) == BlockingSocket.END_OF_STREAM;
      bytes = stream.flip();
    }
    if (!ahead) {
      receivedNanos = System.nanoTime();
    }
    if (ended) {
      if (bytes.hasRemaining()) {
        replies.reply(bytes, true, receivedNanos, now.expected); // It broke off within one.
      }
      stream.clear();
      return END_OF_STREAM;
    }
    int messages = split(now, bytes, replies);
    if (bytes == stream) {
      stream.compact();
    } else {
      stream.clear().put(bytes);
    }
    return messages;
  }

  /** Hands on whole messages, and moves the position behind them. */
  private int split(Connection now, ByteBuffer bytes, Replies replies) {
    if (now.expected == Connection.NOTHING_SENT) {
      now.expected = now.first;
    }
    if (now.expected == Connection.NOTHING_SENT) {
      replies.reply(bytes, false, receivedNanos, Replies.NEVER_SENT);
      bytes.position(bytes.limit());
      return 0;
    }
    int messages = 0;
    int end = bytes.limit();
    int begin = bytes.position();
    for (int size; end - begin >= (size = sizes.at(now.expected)); begin += size) {
      if (sizes.cycle() == 1) {
        int whole = replies.wholeReplies(bytes.position(begin), size, receivedNanos, now.expected);
        now.expected += whole;
        messages += whole;
        begin = bytes.position();
        if (end - begin < size) {
          break;
        }
      }
      bytes.limit(begin + size).position(begin);
      if (replies.reply(bytes, false, receivedNanos, now.expected)) {
        now.expected++;
        messages++;
      }
      bytes.limit(end);
    }
    bytes.limit(end).position(begin);
    return messages;
  }

  @Override
  public boolean isLossy() {
    return false;
  }

  @Override
  public void endWaiting() {
    close();
  }

  @Override
  public void close() {
    Connection now = connection;
    if (now != null) {
      now.socket.close();
    }
  }

  private Connection existing() throws SocketFailure {
    Connection now = connection;
    if (now == null) {
      throw new SocketFailure(SocketError.CLOSED, "use " + target, null);
    }
    return now;
  }

  /** One connection of possibly several that follow each other. */
  private static final class Connection {
    static final long NOTHING_SENT = -1;

    final TcpSocket socket;

    /** The first message that was sent over it; set by the sender. */
    volatile long first = NOTHING_SENT;

    /** The message to which the next bytes belong; known to the receiver only. */
    long expected = NOTHING_SENT;

    Connection(TcpSocket socket) {
      this.socket = socket;
    }
  }
}
