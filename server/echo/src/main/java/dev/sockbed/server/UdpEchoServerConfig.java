package dev.sockbed.server;

import dev.sockbed.common.Durations;
import dev.sockbed.common.UdpConfig;
import java.time.Duration;

/**
 * What can be set on a {@link UdpEchoServer}.
 *
 * @param socket for the one socket. Its receive timeout is not used: the server waits for datagrams
 *     until it is stopped
 * @param maxRepliesPerSecond how many datagrams of one source address are answered in a second; a
 *     source that was quiet may have a second's worth at once
 * @param limitLoopback whether that holds for loopback sources too, which can't be forged from
 *     outside
 * @param stopTimeout how long {@link UdpEchoServer#close} waits for the server's thread
 * @param sharesPort whether other servers of this user may listen at the same address; each hears
 *     the datagrams of some of the senders, always the same
 * @see TcpEchoServerConfig
 */
public record UdpEchoServerConfig(
    UdpConfig socket,
    int maxRepliesPerSecond,
    boolean limitLoopback,
    Duration stopTimeout,
    boolean sharesPort) {

  /** Every value at its default. */
  public static final UdpEchoServerConfig DEFAULT =
      new UdpEchoServerConfig(UdpConfig.DEFAULT, 10_000, false, Duration.ofSeconds(1), false);

  /** One a nanosecond: with more, the time between two replies would round to nothing. */
  private static final int HIGHEST_RATE = 1_000_000_000;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public UdpEchoServerConfig {
    socket = socket.withReceiveTimeout(Duration.ZERO);
    if (maxRepliesPerSecond < 1 || maxRepliesPerSecond > HIGHEST_RATE) {
      throw new IllegalArgumentException(
          "the reply rate must be 1 to %d a second, not %d"
              .formatted(HIGHEST_RATE, maxRepliesPerSecond));
    }
    if (stopTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "the stop timeout must not be negative: " + Durations.inWords(stopTimeout));
    }
  }

  /** The same but for the socket. */
  public UdpEchoServerConfig withSocket(UdpConfig socket) {
    return new UdpEchoServerConfig(
        socket, maxRepliesPerSecond, limitLoopback, stopTimeout, sharesPort);
  }

  /** The same but for the reply rate, which then holds for loopback sources too. */
  public UdpEchoServerConfig withSourceRate(int maxRepliesPerSecond) {
    return new UdpEchoServerConfig(socket, maxRepliesPerSecond, true, stopTimeout, sharesPort);
  }

  /** The same but for the stop timeout. */
  public UdpEchoServerConfig withStopTimeout(Duration stopTimeout) {
    return new UdpEchoServerConfig(
        socket, maxRepliesPerSecond, limitLoopback, stopTimeout, sharesPort);
  }

  /** The same but for whether others may listen at the same address. */
  public UdpEchoServerConfig withSharesPort(boolean sharesPort) {
    return new UdpEchoServerConfig(
        socket, maxRepliesPerSecond, limitLoopback, stopTimeout, sharesPort);
  }
}
