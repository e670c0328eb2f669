package dev.sockbed.common;

import java.time.Duration;

/**
 * What can be set on a TCP socket.
 *
 * @param receiveLimit the most bytes one receive gives, 1 to 16 MiB
 * @param connectTimeout how long a connect may take; zero waits as long as the system does
 * @param receiveTimeout how long one receive may wait; zero waits for ever. A receive that timed
 *     out can be made again
 * @param sendTimeout how long one send may wait for a peer that does not read; zero waits for ever.
 *     A send that timed out has closed the socket, since part of the message may be on its way
 * @param sendBufferBytes {@code SO_SNDBUF} to ask for; zero leaves the system's default
 * @param receiveBufferBytes {@code SO_RCVBUF} to ask for; zero leaves the system's default
 * @param noDelay {@code TCP_NODELAY}: send each write at once instead of collecting small ones (RFC
 *     896)
 * @param backlog the most connections that wait to be accepted
 * @param threads which kind of thread blocks in the calls
 * @param waiting how a receive waits
 * @param io how many messages a system call carries; never {@link IoMode#AUTO}, which becomes what
 *     it means on this system
 * @see UdpConfig
 */
public record TcpConfig(
    int receiveLimit,
    Duration connectTimeout,
    Duration receiveTimeout,
    Duration sendTimeout,
    int sendBufferBytes,
    int receiveBufferBytes,
    boolean noDelay,
    int backlog,
    ThreadKind threads,
    WaitStrategy waiting,
    IoMode io)
    implements SocketConfig {

  private static final int LARGEST_RECEIVE_LIMIT = 16 << 20;

  /** Every value at its default. */
  public static final TcpConfig DEFAULT =
      new TcpConfig(
          DEFAULT_RECEIVE_LIMIT,
          Duration.ofSeconds(5),
          Duration.ZERO,
          Duration.ofSeconds(10),
          0,
          0,
          true,
          128,
          ThreadKind.PLATFORM,
          WaitStrategy.BLOCK,
          IoMode.PLAIN);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if batches are asked for where they
   *     are not to be had
   */
  public TcpConfig {
    io = io.onThisSystem();
    SocketConfig.check(
        Transport.TCP,
        receiveLimit,
        LARGEST_RECEIVE_LIMIT,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes);
    SocketConfig.checkNotNegative("send timeout", sendTimeout);
    if (backlog < 1) {
      throw new IllegalArgumentException("the backlog must be at least 1, not " + backlog);
    }
  }

  @Override
  public Transport transport() {
    return Transport.TCP;
  }

  /** The same but for the receive limit, in bytes. */
  public TcpConfig withReceiveLimit(int receiveLimit) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for the connect timeout. */
  public TcpConfig withConnectTimeout(Duration connectTimeout) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for the receive timeout. */
  public TcpConfig withReceiveTimeout(Duration receiveTimeout) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for the send timeout. */
  public TcpConfig withSendTimeout(Duration sendTimeout) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for the send buffer. */
  public TcpConfig withSendBufferBytes(int sendBufferBytes) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for the receive buffer. */
  public TcpConfig withReceiveBufferBytes(int receiveBufferBytes) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for the backlog. */
  public TcpConfig withBacklog(int backlog) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for the kind of thread. */
  public TcpConfig withThreads(ThreadKind threads) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for how a receive waits. */
  public TcpConfig withWaiting(WaitStrategy waiting) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }

  /** The same but for how many messages a system call carries. */
  public TcpConfig withIo(IoMode io) {
    return new TcpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        noDelay,
        backlog,
        threads,
        waiting,
        io);
  }
}
