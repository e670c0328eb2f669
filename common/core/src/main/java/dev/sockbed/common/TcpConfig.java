package dev.sockbed.common;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be set on a TCP socket.
 *
 * @param shared what UDP has too; the receive limit is at most 16 MiB
 * @param sendTimeout how long one send may wait for a peer that does not read; zero waits for ever.
 *     A send that timed out has closed the socket, since part of the message may be on its way
 * @param noDelay {@code TCP_NODELAY}: send each write at once instead of collecting small ones (RFC
 *     896)
 * @param quickAck {@code TCP_QUICKACK}: acknowledge what comes at once, asked for again after each
 *     receive, since the system goes back to delaying by itself; Linux only
 * @param keepAlive {@code SO_KEEPALIVE}: ask a silent peer now and then whether it is there
 * @param congestionControl by which algorithm a connection finds out how fast it may send, as in
 *     {@code cubic}: {@code TCP_CONGESTION}; null for the system's. Linux only
 * @param backlog the most connections that wait to be accepted; Linux takes no more than {@code
 *     net.core.somaxconn}, which is 4,096 unless set
 * @see UdpConfig
 */
public record TcpConfig(
    SharedConfig shared,
    Duration sendTimeout,
    boolean noDelay,
    boolean quickAck,
    boolean keepAlive,
    @Nullable String congestionControl,
    int backlog)
    implements SocketConfig, SharedChanges<TcpConfig> {

  private static final int LARGEST_RECEIVE_LIMIT = 16 << 20;

  /** Every value at its default. */
  public static final TcpConfig DEFAULT =
      new TcpConfig(SharedConfig.DEFAULT, Duration.ofSeconds(10), true, false, false, null, 4_096);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public TcpConfig {
    shared.checkReceiveLimit(Transport.TCP, LARGEST_RECEIVE_LIMIT);
    Durations.checkNotNegative("send timeout", sendTimeout);
    if (congestionControl != null && !congestionControl.matches("[a-zA-Z0-9_-]{1,15}")) {
      throw new IllegalArgumentException(
          "not the name of a congestion control: '" + congestionControl + "'");
    }
    if (backlog < 1) {
      throw new IllegalArgumentException("the backlog must be at least 1, not " + backlog);
    }
  }

  @Override
  public Transport transport() {
    return Transport.TCP;
  }

  @Override
  public TcpConfig withShared(SharedConfig shared) {
    return new TcpConfig(
        shared, sendTimeout, noDelay, quickAck, keepAlive, congestionControl, backlog);
  }

  @Override
  public TcpConfig withReceiveTimeout(Duration receiveTimeout) {
    return SharedChanges.super.withReceiveTimeout(receiveTimeout);
  }

  /** The same but for the send timeout. */
  public TcpConfig withSendTimeout(Duration sendTimeout) {
    return new TcpConfig(
        shared, sendTimeout, noDelay, quickAck, keepAlive, congestionControl, backlog);
  }

  /** The same but for whether small writes wait for each other. */
  public TcpConfig withNoDelay(boolean noDelay) {
    return new TcpConfig(
        shared, sendTimeout, noDelay, quickAck, keepAlive, congestionControl, backlog);
  }

  /** The same but for whether what comes is acknowledged at once. */
  public TcpConfig withQuickAck(boolean quickAck) {
    return new TcpConfig(
        shared, sendTimeout, noDelay, quickAck, keepAlive, congestionControl, backlog);
  }

  /** The same but for whether a silent peer is asked whether it is there. */
  public TcpConfig withKeepAlive(boolean keepAlive) {
    return new TcpConfig(
        shared, sendTimeout, noDelay, quickAck, keepAlive, congestionControl, backlog);
  }

  /** The same but for the congestion control; null for the system's. */
  public TcpConfig withCongestionControl(@Nullable String congestionControl) {
    return new TcpConfig(
        shared, sendTimeout, noDelay, quickAck, keepAlive, congestionControl, backlog);
  }

  /** The same but for the backlog. */
  public TcpConfig withBacklog(int backlog) {
    return new TcpConfig(
        shared, sendTimeout, noDelay, quickAck, keepAlive, congestionControl, backlog);
  }
}
