package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SourceRateTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE})
  void aQuietSourceMayHaveASecondsWorthAtOnceWhateverTheClockSays(long start) {
    SourceRate rate = new SourceRate(100, start);

    assertThat(taken(rate, ONE, start, 150)).isEqualTo(100);
    assertThat(taken(rate, OTHER, start, 150)).isEqualTo(100);
  }

  @Test
  void afterThatTokensComeOneByOne() {
    SourceRate rate = new SourceRate(100, 0);
    taken(rate, ONE, 0, 100);

    assertThat(rate.take(ONE, SECOND / 100 - 1)).isFalse();
    assertThat(rate.take(ONE, SECOND / 100)).isTrue();
    assertThat(rate.take(ONE, SECOND / 100)).isFalse();
    assertThat(taken(rate, ONE, SECOND / 2, 100)).isEqualTo(49);
  }

  @Test
  void aBucketNeverHoldsMoreThanASecondsWorth() {
    SourceRate rate = new SourceRate(100, 0);

    assertThat(taken(rate, ONE, 3600 * SECOND, 1000)).isEqualTo(100);
  }

  @Test
  void theHighestRateLetsABillionPass() {
    SourceRate rate = new SourceRate(1_000_000_000, 0);

    assertThat(taken(rate, ONE, 0, 100_000)).isEqualTo(100_000);
  }

  @Test
  void aFloodOfForgedSourcesLeavesMostOfTheOthersTheirOwnBucket() {
    SourceRate rate = new SourceRate(1, 0);
    int answered = 0;
    for (int i = 0; i < 256; i++) {
      answered += rate.take(InetAddress.ofLiteral("198.51.100." + i), 0) ? 1 : 0;
    }

    // 256 sources in 4096 buckets: eight meet another, one would expect.
    assertThat(answered).isGreaterThan(230);
  }

  private static int taken(SourceRate rate, InetAddress source, long now, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += rate.take(source, now) ? 1 : 0;
    }
    return taken;
  }
}
