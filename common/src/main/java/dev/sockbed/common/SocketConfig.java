package dev.sockbed.common;

import java.time.Duration;

/**
 * What can be set on a socket, common to both transports. Every value has a default, and the
 * effective values are part of every result.
 */
public sealed interface SocketConfig permits TcpConfig, UdpConfig {

  /** The number that runs through the whole project: a receive gives at most this many bytes. */
  int DEFAULT_RECEIVE_LIMIT = 128;

  /** Which transport this is for. */
  Transport transport();

  /** The most bytes one receive gives. */
  int receiveLimit();

  /** How long a connect may take; zero waits as long as the system does. */
  Duration connectTimeout();

  /** How long one receive may wait; zero waits until bytes arrive or the socket is closed. */
  Duration receiveTimeout();

  /** {@code SO_SNDBUF} to ask for, in bytes; zero leaves the system's default. */
  int sendBufferBytes();

  /** {@code SO_RCVBUF} to ask for, in bytes; zero leaves the system's default. */
  int receiveBufferBytes();

  /** Which kind of thread blocks in the calls. */
  ThreadKind threads();

  /** How a receive waits. */
  WaitStrategy waiting();

  /** How many messages a system call carries: {@link IoMode#PLAIN} or {@link IoMode#BATCHED}. */
  IoMode io();

  /**
   * Checks the values that both transports share.
   *
   * @param largestReceiveLimit bytes
   * @throws IllegalArgumentException naming the value that is out of range
   */
  static void check(
      Transport transport,
      int receiveLimit,
      int largestReceiveLimit,
      Duration connectTimeout,
      Duration receiveTimeout,
      int sendBufferBytes,
      int receiveBufferBytes) {
    if (receiveLimit < 1 || receiveLimit > largestReceiveLimit) {
      throw new IllegalArgumentException(
          "the receive limit over %s must be 1 to %d bytes, not %d"
              .formatted(transport.scheme(), largestReceiveLimit, receiveLimit));
    }
    checkNotNegative("connect timeout", connectTimeout);
    checkNotNegative("receive timeout", receiveTimeout);
    checkNotNegative("send buffer", sendBufferBytes);
    checkNotNegative("receive buffer", receiveBufferBytes);
  }

  /**
   * Refuses a negative duration, and one too long to be counted in nanoseconds.
   *
   * @throws IllegalArgumentException naming it
   */
  static void checkNotNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "the " + name + " must not be negative: " + Durations.format(duration));
    }
    if (duration.compareTo(Durations.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the %s must be at most %s, not %s"
              .formatted(name, Durations.format(Durations.LONGEST), Durations.format(duration)));
    }
  }

  /**
   * Refuses a negative number.
   *
   * @throws IllegalArgumentException naming it
   */
  static void checkNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException("the " + name + " must not be negative: " + value);
    }
  }
}
