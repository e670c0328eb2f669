package dev.sockbed.common;

import java.time.Duration;

/**
 * What can be set on a socket. Every value has a default, and the effective values are part of
 * every result.
 */
public sealed interface SocketConfig permits TcpConfig, UdpConfig {

  /** The number that runs through the whole project: a receive gives at most this many bytes. */
  int DEFAULT_RECEIVE_LIMIT = 128;

  /** Every value at its transport's default. */
  static SocketConfig defaultOf(Transport transport) {
    return switch (transport) {
      case TCP -> TcpConfig.DEFAULT;
      case UDP -> UdpConfig.DEFAULT;
    };
  }

  /** Which transport this is for. */
  Transport transport();

  /** What both transports have. */
  SharedConfig shared();

  /** The most bytes one receive gives. */
  default int receiveLimit() {
    return shared().receiveLimit();
  }

  /** How long a connect may take; zero waits as long as the system does. */
  default Duration connectTimeout() {
    return shared().connectTimeout();
  }

  /** How long one receive may wait; zero waits until bytes arrive or the socket is closed. */
  default Duration receiveTimeout() {
    return shared().receiveTimeout();
  }

  /** {@code SO_SNDBUF} to ask for, in bytes; zero leaves the system's default. */
  default int sendBufferBytes() {
    return shared().buffers().sendBytes();
  }

  /** {@code SO_RCVBUF} to ask for, in bytes; zero leaves the system's default. */
  default int receiveBufferBytes() {
    return shared().buffers().receiveBytes();
  }

  /** Which kind of thread blocks in the calls. */
  default ThreadKind threads() {
    return shared().threads();
  }

  /** How a receive waits. */
  default WaitStrategy waiting() {
    return shared().waiting();
  }

  /** How many messages a system call carries: {@link IoMode#PLAIN} or {@link IoMode#BATCHED}. */
  default IoMode io() {
    return shared().io();
  }

  /** The same but for the receive timeout. */
  SocketConfig withReceiveTimeout(Duration receiveTimeout);
}
