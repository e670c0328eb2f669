package dev.sockbed.server;

import dev.sockbed.common.Address;
import java.io.Closeable;
import java.time.Duration;

/**
 * A running echo server. It was started by being opened; see the package for which thread may call
 * what.
 */
public sealed interface EchoServer extends Closeable
    permits TcpEchoServer, TcpEchoLoop, UdpEchoServer {

  /** How a server came to its end. */
  enum Stop {
    /** Nothing was going on any more, or ended by itself in time. */
    GRACEFUL,
    /** Something still went on when the time was over, and was broken off. */
    FORCED
  }

  /** Where it listens: a numeric host, and the port that was picked if 0 was asked for. */
  Address address();

  /** What it did so far; goes on being available after the stop. */
  ServerCounters counters();

  /**
   * Stops: takes nothing new, lets what goes on come to its end, and breaks off what has not within
   * that time. Stopping again changes nothing and returns the first stop's answer.
   *
   * @param within how long to wait for callers to end; zero breaks off at once. An interrupt does
   *     not shorten it, and stays set
   */
  Stop stop(Duration within);

  /** Stops within the configured time. */
  @Override
  void close();
}
