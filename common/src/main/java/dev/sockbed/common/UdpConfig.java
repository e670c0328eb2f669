package dev.sockbed.common;

import java.time.Duration;

/**
 * What can be set on a UDP socket.
 *
 * @param receiveLimit the most bytes of a datagram that one receive gives, 1 to 65,507 (the longest
 *     datagram over IPv4); what is beyond is gone
 * @param connectTimeout not waited for, since connecting a UDP socket sends nothing; kept so that
 *     both transports are set alike
 * @param receiveTimeout how long one receive may wait; zero waits for ever
 * @param sendBufferBytes {@code SO_SNDBUF} to ask for; zero leaves the system's default
 * @param receiveBufferBytes {@code SO_RCVBUF} to ask for; zero leaves the system's default, which
 *     holds some 256 datagrams of 128 bytes on Linux and drops the others
 * @param threads which kind of thread blocks in the calls
 * @param waiting how a receive waits
 * @param io how many messages a system call carries; never {@link IoMode#AUTO}, which becomes what
 *     it means on this system
 * @see TcpConfig
 */
public record UdpConfig(
    int receiveLimit,
    Duration connectTimeout,
    Duration receiveTimeout,
    int sendBufferBytes,
    int receiveBufferBytes,
    ThreadKind threads,
    WaitStrategy waiting,
    IoMode io)
    implements SocketConfig {

  /** 65,535 bytes of an IPv4 packet, less its header of 20 and UDP's of 8. */
  public static final int LONGEST_DATAGRAM = 65_507;

  /** Every value at its default. */
  public static final UdpConfig DEFAULT =
      new UdpConfig(
          DEFAULT_RECEIVE_LIMIT,
          Duration.ofSeconds(5),
          Duration.ZERO,
          0,
          4 << 20,
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
  public UdpConfig {
    io = io.onThisSystem();
    SocketConfig.check(
        Transport.UDP,
        receiveLimit,
        LONGEST_DATAGRAM,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes);
  }

  @Override
  public Transport transport() {
    return Transport.UDP;
  }

  /** The same but for the receive limit, in bytes. */
  public UdpConfig withReceiveLimit(int receiveLimit) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }

  /** The same but for the connect timeout. */
  public UdpConfig withConnectTimeout(Duration connectTimeout) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }

  /** The same but for the receive timeout. */
  public UdpConfig withReceiveTimeout(Duration receiveTimeout) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }

  /** The same but for the send buffer. */
  public UdpConfig withSendBufferBytes(int sendBufferBytes) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }

  /** The same but for the receive buffer. */
  public UdpConfig withReceiveBufferBytes(int receiveBufferBytes) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }

  /** The same but for the kind of thread. */
  public UdpConfig withThreads(ThreadKind threads) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }

  /** The same but for how a receive waits. */
  public UdpConfig withWaiting(WaitStrategy waiting) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }

  /** The same but for how many messages a system call carries. */
  public UdpConfig withIo(IoMode io) {
    return new UdpConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        sendBufferBytes,
        receiveBufferBytes,
        threads,
        waiting,
        io);
  }
}
