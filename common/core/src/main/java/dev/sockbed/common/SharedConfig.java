package dev.sockbed.common;

import java.time.Duration;

/**
 * What can be set on a socket of either transport.
 *
 * @param receiveLimit the most bytes one receive gives, at least 1
 * @param connectTimeout how long a connect may take; zero waits as long as the system does. UDP's
 *     takes no time, since it sends nothing
 * @param receiveTimeout how long one receive may wait; zero waits until bytes arrive or the socket
 *     is closed. A receive that timed out can be made again
 * @param buffers the sizes to ask the system for
 * @param packets what packets are marked with, and by which way they leave
 * @param local from where a client talks
 * @param threads which kind of thread blocks in the calls
 * @param waiting how a receive waits
 * @param io how many messages a system call carries; never {@link IoMode#AUTO}, which becomes what
 *     it means on this system
 */
public record SharedConfig(
    int receiveLimit,
    Duration connectTimeout,
    Duration receiveTimeout,
    Buffers buffers,
    PacketOptions packets,
    LocalEnd local,
    ThreadKind threads,
    WaitStrategy waiting,
    IoMode io) {

  static final SharedConfig DEFAULT =
      new SharedConfig(
          SocketConfig.DEFAULT_RECEIVE_LIMIT,
          Duration.ofSeconds(5),
          Duration.ZERO,
          new Buffers(0, 0),
          PacketOptions.DEFAULT,
          LocalEnd.ANY,
          ThreadKind.PLATFORM,
          WaitStrategy.BLOCK,
          IoMode.PLAIN);

  /**
   * A socket's buffers in the system; zero leaves one at the system's default.
   *
   * @param sendBytes {@code SO_SNDBUF}
   * @param receiveBytes {@code SO_RCVBUF}
   */
  public record Buffers(int sendBytes, int receiveBytes) {
    /**
     * @throws IllegalArgumentException naming the one that is negative
     */
    public Buffers {
      checkNotNegative("send buffer", sendBytes);
      checkNotNegative("receive buffer", receiveBytes);
    }

    private static void checkNotNegative(String name, int bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("the " + name + " must not be negative: " + bytes);
      }
    }
  }

  /**
   * Checks the timeouts; the receive limit is checked by the transport.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if batches are asked for where they
   *     are not to be had
   */
  public SharedConfig {
    io = io.onThisSystem();
    Durations.checkNotNegative("connect timeout", connectTimeout);
    Durations.checkNotNegative("receive timeout", receiveTimeout);
  }

  /** Refuses a receive limit that this transport can't keep. */
  void checkReceiveLimit(Transport transport, int largest) {
    if (receiveLimit < 1 || receiveLimit > largest) {
      throw new IllegalArgumentException(
          "the receive limit over %s must be 1 to %d bytes, not %d"
              .formatted(transport.scheme(), largest, receiveLimit));
    }
  }

  SharedConfig withReceiveLimit(int receiveLimit) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withConnectTimeout(Duration connectTimeout) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withReceiveTimeout(Duration receiveTimeout) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withBuffers(Buffers buffers) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withPackets(PacketOptions packets) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withLocal(LocalEnd local) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withThreads(ThreadKind threads) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withWaiting(WaitStrategy waiting) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }

  SharedConfig withIo(IoMode io) {
    return new SharedConfig(
        receiveLimit,
        connectTimeout,
        receiveTimeout,
        buffers,
        packets,
        local,
        threads,
        waiting,
        io);
  }
}
