package dev.sockbed.bench.load;

import dev.sockbed.common.Address;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Messages over UDP: one datagram each. What comes back is a datagram, cut to the receive limit.
 *
 * <p>A receive with a timeout takes longer than a plain one, which would be put down to UDP. So a
 * receive here has no timeout; when nothing has come for too long, {@link #endWaiting} closes the
 * socket under it and the lane goes on with a new one at the same local address. A reply that comes
 * in just those microseconds is lost, but it would have been late anyway.
 *
 * @see TcpLane
 */
final class UdpLane implements Lane {
  /** How often one message is tried again when the error was about others. */
  private static final int TRIES = 8;

  /** Of datagrams that are received together. */
  private static final int MOST_BYTES_TOGETHER = 1 << 16;

  private final Address target;
  private final UdpConfig config;
  private final ByteBuffer messages;

  /** When the system was last asked for datagrams and gave some. */
  private long receivedNanos;

  private volatile @Nullable UdpSocket socket;
  private boolean woken;

  UdpLane(Address target, UdpConfig config) {
    this.target = target;
    this.config = config.withReceiveTimeout(Duration.ZERO);
    int most = config.io() == IoMode.BATCHED ? MOST_BYTES_TOGETHER : 0;
    this.messages = ByteBuffer.allocateDirect(Math.max(config.receiveLimit(), most));
  }

  @Override
  public synchronized void connect() throws SocketFailure {
    socket = UdpSocket.connected(target, config);
  }

  @Override
  public int localPort() {
    UdpSocket now = socket;
    return now == null ? -1 : now.fiveTuple().local().getPort();
  }

  @Override
  public @Nullable GrantedOptions options() throws SocketFailure {
    UdpSocket now = socket;
    return now == null || !now.isOpen() ? null : now.options();
  }

  @Override
  public boolean isConnected() {
    UdpSocket now = socket;
    return now != null && (now.isOpen() || goesOn());
  }

  /** Whether a closed socket was only woken; asked when nobody is in the middle of replacing it. */
  private synchronized boolean goesOn() {
    UdpSocket now = socket;
    return woken || (now != null && now.isOpen());
  }

  @Override
  public int send(ByteBuffer message, long sequence) throws SocketFailure {
    int begin = message.position();
    for (int refused = 0; ; refused++) {
      UdpSocket now = existing();
      try {
        now.send(message);
        return refused;
      } catch (SocketFailure e) {
        boolean awake = e.error() == SocketError.CLOSED && reopened(now);
        // The system tells of an earlier datagram's ICMP error by failing this call.
        boolean ofAnother = e.error() == SocketError.REFUSED && refused < TRIES;
        if (awake) {
          refused--;
        } else if (!ofAnother) {
          throw e;
        }
        message.position(begin);
      }
    }
  }

  @Override
  public boolean enqueue(ByteBuffer message, long sequence) throws SocketFailure {
    return enqueueRun(message, message.remaining(), sequence);
  }

  @Override
  public boolean enqueueRun(ByteBuffer messages, int size, long sequence) throws SocketFailure {
    while (true) {
      UdpSocket now = existing();
      try {
        return now.enqueueRun(messages, size, null);
      } catch (SocketFailure e) {
        if (e.error() != SocketError.CLOSED || !reopened(now)) {
          throw e;
        }
      }
    }
  }

  @Override
  public int flush() throws SocketFailure {
    UdpSocket now = existing();
    int tries = TRIES + now.enqueued();
    for (int refused = 0; ; refused++) {
      try {
        now.flush();
        return refused;
      } catch (SocketFailure e) {
        if (e.error() == SocketError.CLOSED && reopened(now)) {
          return refused; // What was kept is gone with the socket.
        }
        if (e.error() != SocketError.REFUSED || refused == tries) {
          throw e;
        }
      }
    }
  }

  @Override
  public int enqueued() {
    UdpSocket now = socket;
    return now == null ? 0 : now.enqueued();
  }

  @Override
  public boolean hasReceived() {
    UdpSocket now = socket;
    return now != null && now.hasReceived();
  }

  @Override
  public int receive(Replies replies) throws SocketFailure {
    UdpSocket now = existing();
    boolean ahead = now.hasReceived();
    int length;
    try {
      length = now.receiveRun(messages.clear(), config.receiveLimit());
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED && reopened(now)) {
        return NOTHING_YET;
      }
      throw e;
    }
    if (!ahead) {
      receivedNanos = System.nanoTime();
    }
    int end = messages.flip().remaining();
    if (length == 0 || now.truncated()) {
      replies.reply(messages, now.truncated(), receivedNanos, Replies.NO_ORDER);
      return 1;
    }
    int begin = 0;
    while (begin < end) {
      messages.limit(end).position(begin);
      replies.wholeReplies(messages, length, receivedNanos, Replies.NO_ORDER);
      begin = messages.position();
      if (begin < end) {
        messages.limit(begin + length);
        replies.reply(messages, false, receivedNanos, Replies.NO_ORDER);
        begin += length;
      }
    }
    return end / length;
  }

  @Override
  public boolean isLossy() {
    return true;
  }

  @Override
  public synchronized void endWaiting() {
    UdpSocket now = socket;
    if (now != null && now.isOpen()) {
      woken = true;
      now.close();
    }
  }

  @Override
  public synchronized void close() {
    woken = false;
    UdpSocket now = socket;
    if (now != null) {
      now.close();
    }
  }

  /**
   * Goes on after {@link #endWaiting}, if it was that which closed the socket. Who sends and who
   * receives may both find it closed; the second has nothing left to do.
   */
  private synchronized boolean reopened(UdpSocket closed) throws SocketFailure {
    if (socket != closed) {
      return true;
    }
    if (!woken) {
      return false;
    }
    woken = false;
    socket = closed.reopened();
    return true;
  }

  private UdpSocket existing() throws SocketFailure {
    UdpSocket now = socket;
    if (now == null) {
      throw new SocketFailure(SocketError.CLOSED, "use " + target, null);
    }
    return now;
  }
}
