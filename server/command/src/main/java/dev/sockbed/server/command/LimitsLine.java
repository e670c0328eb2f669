package dev.sockbed.server.command;

import dev.sockbed.common.Durations;
import dev.sockbed.common.IoMode;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServerConfig;

/** What is told of a transport when its servers listen: whom they will refuse. One line. */
final class LimitsLine {
  private static final int BATCH_KIBIBYTES = 128;
  private static final int KIBIBYTES_IN_A_MEBIBYTE = 1024;

  private LimitsLine() {}

  /** The line, without its end. */
  static String line(TcpEchoServerConfig config) {
    return "tcp: serves %d connections at once, each until it sends nothing for %s or reads nothing for %s"
            .formatted(
                config.maxConnections(),
                Durations.inWords(config.idleTimeout()),
                Durations.inWords(config.writeTimeout()))
        + (config.socket().io() == IoMode.BATCHED ? batches(config.maxConnections()) : "");
  }

  private static String batches(long connections) {
    return "; batches take up to %d KiB for each, %d MiB in all"
        .formatted(
            BATCH_KIBIBYTES, Math.ceilDiv(connections * BATCH_KIBIBYTES, KIBIBYTES_IN_A_MEBIBYTE));
  }

  /** The line, without its end. */
  static String line(UdpEchoServerConfig config) {
    return "udp: sends %d replies/s to each source address%s"
        .formatted(
            config.maxRepliesPerSecond(),
            config.limitLoopback() ? "" : " (to loopback without a limit); --source-rate sets it");
  }
}
