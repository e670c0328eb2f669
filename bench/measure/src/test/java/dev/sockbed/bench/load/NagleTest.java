package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What Nagle's algorithm costs where it meets delayed acknowledgements: a server that takes 128
 * bytes at a time answers a message of 256 by two small writes. The second waits for the first to
 * be acknowledged, and who waits for the whole echo has nothing to send that would carry that: so
 * Linux's timer of 40 ms has to run out.
 */
@Tag("timing")
@EnabledOnOs(OS.LINUX)
class NagleTest {
  private static final long DELAYED_ACK_NANOS = Duration.ofMillis(30).toNanos();

  @Test
  void ofTwoSmallWritesTheSecondWaitsForTheOthersDelayedAcknowledgement() throws SocketFailure {
    assertThat(medianNanos(Variant.TCP_NAGLE)).isGreaterThan(DELAYED_ACK_NANOS);
    assertThat(medianNanos(Variant.TCP)).isLessThan(DELAYED_ACK_NANOS);
  }

  private static long medianNanos(Variant variant) throws SocketFailure {
    TcpEchoServerConfig config =
        TcpEchoServerConfig.DEFAULT.withSocket(variant.applied(TcpConfig.DEFAULT));
    try (TcpEchoServer server = TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), config)) {
      LoadPlan plan =
          LoadPlan.of(server.address())
              .withVariant(variant)
              .withSocket(variant.applied(TcpConfig.DEFAULT.withReceiveLimit(256)))
              .withSizes(MessageSizes.of(256))
              .withWarmup(Duration.ZERO)
              .withStop(new Stop.AfterCount(60));
      LoadResult result = new LoadRun(plan).run(Progress.NONE);
      assertThat(result.outcomes().ok()).isEqualTo(60);
      return result.service().getValueAtPercentile(50);
    }
  }
}
