package dev.sockbed.server;

import dev.sockbed.common.Durations;
import dev.sockbed.common.TcpConfig;
import java.time.Duration;

/**
 * What can be set on a {@link TcpEchoServer}.
 *
 * @param socket for the listener and each connection. Its receive timeout is not used: the idle
 *     timeout stands for it, so that a receive is the plain blocking one
 * @param maxConnections how many callers are served at once; one more is refused
 * @param idleTimeout how long a caller may send nothing before it is let go
 * @param stopTimeout how long {@link TcpEchoServer#close} lets callers come to their end
 * @param sharesPort whether other servers of this user may listen at the same address; each gets a
 *     share of the connections
 * @see UdpEchoServerConfig
 */
public record TcpEchoServerConfig(
    TcpConfig socket,
    int maxConnections,
    Duration idleTimeout,
    Duration stopTimeout,
    boolean sharesPort) {

  /** Every value at its default. */
  public static final TcpEchoServerConfig DEFAULT =
      new TcpEchoServerConfig(
          TcpConfig.DEFAULT, 1_000, Duration.ofMinutes(5), Duration.ofSeconds(1), false);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public TcpEchoServerConfig {
    socket = socket.withReceiveTimeout(Duration.ZERO);
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "the connection cap must be at least 1, not " + maxConnections);
    }
    if (!idleTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "the idle timeout must be longer than zero: " + Durations.inWords(idleTimeout));
    }
    if (!socket.sendTimeout().isPositive()) {
      throw new IllegalArgumentException(
          "the write timeout must be longer than zero: " + socket.sendTimeout());
    }
    if (stopTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "the stop timeout must not be negative: " + Durations.inWords(stopTimeout));
    }
  }

  /** How long a caller may leave its echo unread before it is let go: the socket's send timeout. */
  public Duration writeTimeout() {
    return socket.sendTimeout();
  }

  /** The same but for the sockets. */
  public TcpEchoServerConfig withSocket(TcpConfig socket) {
    return new TcpEchoServerConfig(socket, maxConnections, idleTimeout, stopTimeout, sharesPort);
  }

  /** The same but for the connection cap. */
  public TcpEchoServerConfig withMaxConnections(int maxConnections) {
    return new TcpEchoServerConfig(socket, maxConnections, idleTimeout, stopTimeout, sharesPort);
  }

  /** The same but for the idle timeout. */
  public TcpEchoServerConfig withIdleTimeout(Duration idleTimeout) {
    return new TcpEchoServerConfig(socket, maxConnections, idleTimeout, stopTimeout, sharesPort);
  }

  /** The same but for the write timeout. */
  public TcpEchoServerConfig withWriteTimeout(Duration writeTimeout) {
    return withSocket(socket.withSendTimeout(writeTimeout));
  }

  /** The same but for the stop timeout. */
  public TcpEchoServerConfig withStopTimeout(Duration stopTimeout) {
    return new TcpEchoServerConfig(socket, maxConnections, idleTimeout, stopTimeout, sharesPort);
  }

  /** The same but for whether others may listen at the same address. */
  public TcpEchoServerConfig withSharesPort(boolean sharesPort) {
    return new TcpEchoServerConfig(socket, maxConnections, idleTimeout, stopTimeout, sharesPort);
  }
}
