package dev.sockbed.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.SockbedRun;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bench} refuses before it measures anything, and its help. */
@Tag("unit")
final class BenchUsageTest {

  @Test
  void linksTakeNoOptionsOfJmhs() {
    SockbedRun bench = SockbedRun.of("bench", "--links", "UdpThroughput");
    assertThat(bench.status()).isEqualTo(2);
    assertThat(bench.errors()).contains("--links takes no options of JMH's").hasLineCount(1);
  }

  @Test
  void anUnknownBenchmarkIsWrongUsage() {
    SockbedRun bench = SockbedRun.of("bench", "NoSuchBenchmark");
    assertThat(bench.status()).isEqualTo(2);
    assertThat(bench.errors()).contains("no benchmark has such a name");
  }

  @Test
  void anOptionThatJmhDoesNotKnowIsWrongUsage() {
    SockbedRun bench = SockbedRun.of("bench", "--no-such-option");
    assertThat(bench.status()).isEqualTo(2);
    assertThat(bench.errors()).contains("no-such-option");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --peers --scale        | one at a time
          --garbage --peers      | one at a time
          --peers -f 1           | take no options of JMH's: -f 1
          --quick                | go with --peers, --floor, --scale or --garbage
          --json x.json          | go with --peers, --floor, --scale or --garbage
          --trials 3             | goes with --peers, --floor, --scale, --garbage or --link
          --link --quick         | go with --peers, --floor, --scale or --garbage
          --link --json x.json   | go with --peers, --floor, --scale or --garbage
          --peers --trials 0     | must be a whole number from 1
          --peers --payloads 0   | must be at least 1 byte
          --scale --json /no/dir | can't be written
          """)
  void whatDoesNotGoTogetherIsWrongUsage(String arguments, String reason) {
    SockbedRun bench =
        SockbedRun.of(
            Stream.concat(Stream.of("bench"), Stream.of(arguments.split(" ")))
                .toArray(String[]::new));
    assertThat(bench.status()).isEqualTo(2);
    assertThat(bench.errors().lines().findFirst().orElse("")).contains(reason);
    assertThat(bench.output()).isEmpty();
  }

  @Test
  void helpIsOurs() {
    SockbedRun bench = SockbedRun.of("bench", "--help");
    assertThat(bench.status()).isZero();
    assertThat(bench.output()).contains("--peers", "--floor", "--scale", "--garbage", "--quick");
  }
}
