package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.Rates;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan may be, and what it is when nothing is said. */
@Tag("unit")
class LoadPlanTest {
  private static final LoadPlan TCP = LoadPlan.of(Address.parse("tcp://127.0.0.1:9"));
  private static final LoadPlan UDP = LoadPlan.of(Address.parse("udp://127.0.0.1:9"));

  @Test
  void everyDefaultIsPinned() {
    assertThat(UDP)
        .isEqualTo(
            new LoadPlan(
                Address.parse("udp://127.0.0.1:9"),
                Variant.UDP,
                UdpConfig.DEFAULT,
                MessageSizes.of(128),
                1,
                new Pace.ClosedLoop(1),
                new Stop.After(Duration.ofSeconds(10)),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1));
    assertThat(TCP.socket()).isEqualTo(TcpConfig.DEFAULT);
  }

  @Test
  void nonsenseIsRefused() {
    assertRefused(() -> UDP.withSocket(TcpConfig.DEFAULT), "the target is udp");
    assertRefused(() -> LoadPlan.of(Address.parse("tcp://127.0.0.1:0")), "port 0");
    assertRefused(() -> UDP.withSizes(MessageSizes.of(65_508)), "at most 65507 bytes");
    assertRefused(() -> TCP.withConnections(0), "1 to 10000, not 0");
    assertRefused(() -> TCP.withConnections(10_001), "1 to 10000, not 10001");
    assertRefused(() -> TCP.withWarmup(Duration.ofMillis(-1)), "must not be negative");
    assertRefused(() -> TCP.withDeadline(Duration.ZERO), "1 ms to 1 min, not 0 s");
    assertRefused(() -> TCP.withDeadline(Duration.ofMinutes(2)), "1 ms to 1 min, not 2 min");
    assertRefused(() -> new Pace.ClosedLoop(0), "1 to 65536 messages, not 0");
    assertRefused(() -> new Pace.ClosedLoop(65_537), "not 65537");
    assertRefused(() -> new Pace.OpenLoop(0, Arrival.CONSTANT), "above 0/s");
    assertRefused(() -> new Pace.OpenLoop(-1, Arrival.CONSTANT), "above 0/s");
    assertRefused(() -> new Pace.OpenLoop(Double.NaN, Arrival.POISSON), "above 0/s");
    assertRefused(() -> new Pace.OpenLoop(2e9, Arrival.CONSTANT), "at most 1000000000/s");
    assertRefused(() -> new Stop.After(Duration.ZERO), "above zero");
    assertRefused(() -> new Stop.AfterCount(0), "at least 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"128|128", "1,16,64|1,16,64", "4KiB, 8|4096,8"})
  void sizesAreReadAndWritten(String text, String written) {
    MessageSizes sizes = MessageSizes.parse(text);

    assertThat(sizes).hasToString(written).isEqualTo(MessageSizes.parse(written));
  }

  @Test
  void sizesTakeTurns() {
    MessageSizes sizes = MessageSizes.of(1, 16, 64);

    assertThat(sizes.at(0)).isEqualTo(1);
    assertThat(sizes.at(5)).isEqualTo(64);
    assertThat(sizes.at(Long.MAX_VALUE)).isEqualTo(sizes.at(Long.MAX_VALUE % 3));
    assertThat(sizes.largest()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1,", ",1", "-1", "x", "17MiB", "1;2"})
  void otherSizesAreRefused(String text) {
    assertThatThrownBy(() -> MessageSizes.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1000/s,1000", "1000,1000", "0.5/s,0.5", "0.5,0.5", "0/s,0"})
  void ratesAreRead(String text, double rate) {
    assertThat(Rates.parse(text)).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,000", "/s", "-1/s", "1e3/s", "1000/m", "1000 /s", "NaN/s"})
  void otherRatesAreRefused(String text) {
    assertThatThrownBy(() -> Rates.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write for example 1000/s");
  }

  private static void assertRefused(ThrowingCallable making, String why) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
