package dev.sockbed.bench.load.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code load} says of a server that limits its replies. */
@Tag("socket")
final class LoadLimitedServerTest extends LoadCommandFixture {
  private static final int MOST_TRIES = 8;
  private static final String WARNING = "sends each source address at most about ";

  @Test
  void aServersLimitIsToldBesideWhatItLostWithTheFlagThatHelps() throws SocketFailure {
    try (UdpEchoServer server = server(UdpEchoServerConfig.DEFAULT.withSourceRate(200))) {
      // A busy machine may lose datagrams of its own, and so hide it.
      for (int i = 0; i < MOST_TRIES && !err.toString().contains(WARNING); i++) {
        out.getBuffer().setLength(0);
        load(server.address().toString(), "--rate", "1000/s", "--duration", "2s", "--quiet");
      }
    }

    assertThat(err.toString())
        .contains(
            "warning: the server udp://127.0.0.1:", WARNING, "serve --source-rate 10000000/s");
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("Note: The server udp://127.0.0.1:", WARNING);
  }

  @Test
  void ofAServerThatAnswersEverythingNothingIsSaid() throws SocketFailure {
    try (UdpEchoServer server = server(UdpEchoServerConfig.DEFAULT)) {
      load(server.address().toString(), "--window", "1", "--count", "500", "--warmup", "0s");
    }

    assertThat(err.toString() + out).doesNotContain("at most about");
  }

  private static UdpEchoServer server(UdpEchoServerConfig config) throws SocketFailure {
    return UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), config);
  }
}
