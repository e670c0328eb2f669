package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.load.ReplyLimitProbe;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.time.Duration;
import java.util.OptionalDouble;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that limits its replies on loopback, too, as {@code serve --source-rate} does. */
@Tag("socket")
class ReplyLimitProbeTest {
  private static final int PROBED_PER_SECOND = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** A limit that was reached shows again only after a second of rest. */
  private static final Duration UNTIL_FULL = Duration.ofMillis(1_500);

  @Test
  void aServersLimitIsFound() throws SocketFailure {
    try (UdpEchoServer server = server(UdpEchoServerConfig.DEFAULT.withSourceRate(500))) {
      // A busy machine may lose datagrams of its own, and so hide it.
      OptionalDouble limit =
          Awaitility.await()
              .atMost(PATIENCE)
              .pollDelay(Duration.ZERO)
              .pollInterval(UNTIL_FULL)
              .until(
                  () ->
                      ReplyLimitProbe.at(
                          server.address(), LocalEnd.ANY, PROBED_PER_SECOND, () -> false),
                  OptionalDouble::isPresent);

      assertThat(limit.orElseThrow()).isBetween(400.0, 600.0);
    }
  }

  @Test
  void aServerWithoutALimitOnLoopbackHasNone() throws SocketFailure {
    try (UdpEchoServer server = server(UdpEchoServerConfig.DEFAULT)) {
      assertThat(ReplyLimitProbe.at(server.address(), LocalEnd.ANY, PROBED_PER_SECOND, () -> false))
          .isEmpty();
    }
  }

  @Test
  void aCancelledProbeFindsNothing() throws SocketFailure {
    try (UdpEchoServer server = server(UdpEchoServerConfig.DEFAULT.withSourceRate(500))) {
      assertThat(ReplyLimitProbe.at(server.address(), LocalEnd.ANY, PROBED_PER_SECOND, () -> true))
          .isEmpty();
    }
  }

  private static UdpEchoServer server(UdpEchoServerConfig config) throws SocketFailure {
    return UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), config);
  }
}
