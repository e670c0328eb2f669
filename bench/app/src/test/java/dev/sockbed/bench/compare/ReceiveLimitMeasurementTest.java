package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.ReceiveLimitDetail;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver sees, of real servers with the usual limit of 128 bytes. */
@Tag("socket")
final class ReceiveLimitMeasurementTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int PAIRS = 500;

  private static TcpEchoServer tcp;
  private static UdpEchoServer udp;

  private record Seen(Outcomes outcomes, ReceiveLimitDetail detail) {}

  @BeforeAll
  static void serve() throws Exception {
    tcp = TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), TcpEchoServerConfig.DEFAULT);
    udp = UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), UdpEchoServerConfig.DEFAULT);
  }

  @AfterAll
  static void stop() {
    tcp.close();
    udp.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {127, 128, 129, 134, 256})
  void aStreamLosesNothingWhateverTheLimit(int size) throws Exception {
    Seen seen = overTcp(size);

    assertThat(seen.outcomes.total()).isPositive();
    assertThat(seen.outcomes.ok()).isEqualTo(seen.outcomes.total());
    assertThat(seen.detail.truncations()).isZero();
    assertThat(seen.detail.receives().stream().mapToInt(i -> i)).allMatch(n -> n <= 128);
    assertThat(seen.detail.receives().stream().mapToInt(i -> i).sum()).isEqualTo(2 * size);
  }

  @Test
  void everyMessageLongerThanTheLimitIsSplitInAStream() throws Exception {
    Seen seen = overTcp(129);

    assertThat(seen.detail.splits()).isEqualTo(seen.outcomes.total());
  }

  @ParameterizedTest
  @ValueSource(ints = {127, 128})
  void aDatagramWithinTheLimitIsReceivedWhole(int size) throws Exception {
    Seen seen = overUdp(size);

    assertThat(seen.outcomes.ok()).isEqualTo(seen.outcomes.total()).isPositive();
    assertThat(seen.detail.receives()).containsExactly(size, size);
    assertThat(seen.detail.splits() + seen.detail.merges() + seen.detail.truncations()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 134, 256})
  void aDatagramBeyondTheLimitIsCut(int size) throws Exception {
    Seen seen = overUdp(size);

    assertThat(seen.outcomes.truncated()).isEqualTo(seen.outcomes.total()).isPositive();
    assertThat(seen.detail.truncations()).isEqualTo(seen.outcomes.total());
    assertThat(seen.detail.receives()).containsExactly(128, 128);
  }

  private static Seen overTcp(int size) throws Exception {
    return measure(tcp.address(), TcpConfig.DEFAULT, size);
  }

  private static Seen overUdp(int size) throws Exception {
    return measure(udp.address(), UdpConfig.DEFAULT, size);
  }

  private static Seen measure(Address server, SocketConfig config, int size) throws Exception {
    try (ReceiveLimitMeasurement measurement =
        new ReceiveLimitMeasurement(server, config, size, Peer.PATIENCE)) {
      AtomicInteger pairs = new AtomicInteger();
      Tally tally = measurement.run(LONG, () -> pairs.incrementAndGet() > PAIRS);
      return new Seen(tally.outcomes(), measurement.detail());
    }
  }
}
