package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SourceRateTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long KEY = 42;
  private static final long ROW = 511;
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

    assertThat(rate.take(rate.nameOf(ONE), SECOND / 100 - 1)).isFalse();
    assertThat(rate.take(rate.nameOf(ONE), SECOND / 100)).isTrue();
    assertThat(rate.take(rate.nameOf(ONE), SECOND / 100)).isFalse();
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
  void aFloodOfForgedSourcesLeavesAlmostAllTheirOwnBucket() {
    SourceRate rate = new SourceRate(1, 0, KEY);
    int answered = 0;
    for (int i = 0; i < 1_024; i++) {
      answered +=
          rate.take(rate.nameOf(InetAddress.ofLiteral("198.51." + i / 256 + "." + i % 256)), 0)
              ? 1
              : 0;
    }

    // Two for each row on average, of which each has room for eight.
    assertThat(answered).isGreaterThan(1_020);
  }

  @Test
  void sourcesThatMeetAreToldApartWhileThereIsRoom() {
    SourceRate rate = new SourceRate(10, 0, KEY);
    List<InetAddress> meeting = meeting(rate, 9);
    for (InetAddress greedy : meeting.subList(1, 8)) {
      assertThat(taken(rate, greedy, 0, 100)).isEqualTo(10);
    }

    assertThat(taken(rate, meeting.getFirst(), 0, 100)).isEqualTo(10);
    assertThat(taken(rate, meeting.getLast(), 0, 100)).as("no room for it").isZero();
    assertThat(taken(rate, meeting.getLast(), SECOND, 100)).as("all are full again").isEqualTo(10);
  }

  @Test
  void whoMeetsWhomDependsOnAKeyThatNobodyKnows() {
    List<InetAddress> meeting = meeting(new SourceRate(10, 0, KEY), 9);
    SourceRate other = new SourceRate(10, 0, KEY + 1);

    assertThat(meeting.stream().map(source -> other.nameOf(source) & ROW).distinct())
        .hasSizeGreaterThan(1);
    assertThat(new SourceRate(10, 0).nameOf(ONE)).isNotEqualTo(new SourceRate(10, 0).nameOf(ONE));
  }

  @Test
  void addressesThatDifferInTheirScopeAloneAreTwoSources() throws Exception {
    SourceRate rate = new SourceRate(1, 0, KEY);
    byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();

    assertThat(taken(rate, Inet6Address.getByAddress(null, linkLocal, 2), 0, 2)).isEqualTo(1);
    assertThat(taken(rate, Inet6Address.getByAddress(null, linkLocal, 3), 0, 2)).isEqualTo(1);
  }

  /** So many sources that share a row. */
  private static List<InetAddress> meeting(SourceRate rate, int count) {
    return IntStream.range(0, 1 << 16)
        .mapToObj(i -> InetAddress.ofLiteral("198.18." + i / 256 + "." + i % 256))
        .filter(source -> (rate.nameOf(source) & ROW) == 1)
        .limit(count)
        .toList();
  }

  private static int taken(SourceRate rate, InetAddress source, long now, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += rate.take(rate.nameOf(source), now) ? 1 : 0;
    }
    return taken;
  }
}
