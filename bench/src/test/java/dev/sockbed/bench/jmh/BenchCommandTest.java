package dev.sockbed.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.Peer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("process")
final class BenchCommandTest {

  @Test
  void itListsTheBenchmarksWithTheirTwins() {
    try (Peer bench = SockbedProcess.start("bench", "-l")) {
      assertThat(bench.awaitExit()).isZero();
      assertThat(bench.output())
          .contains("TcpRoundTripLatency", "UdpRoundTripLatency")
          .contains("BareTcpRoundTripLatency", "BareUdpRoundTripLatency")
          .contains("TcpThroughput", "UdpThroughput")
          .contains("BareTcpThroughput", "BareUdpThroughput")
          .contains("TcpConnectionSetup", "UdpConnectionSetup");
    }
  }

  @Test
  void jmhsOptionsReachJmh() {
    try (Peer bench =
        SockbedProcess.start(
            "bench",
            "UdpRoundTripLatency",
            "-p",
            "payload=16",
            "-p",
            "serverThreads=PLATFORM",
            "-f",
            "0",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "50ms")) {
      assertThat(bench.awaitExit()).as(bench.errors()).isZero();
      assertThat(bench.output()).contains("roundTrip").contains("us/op");
    }
  }

  @Test
  void jmhsForksHaveTheFlagsOfAllOurJvmsAndNothingIsWarnedOf() {
    try (Peer bench =
        SockbedProcess.start(
            "bench",
            "BareUdpRoundTripLatency",
            "-p",
            "payload=16",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "50ms")) {
      assertThat(bench.awaitExit()).as(bench.errors()).isZero();
      assertThat(bench.output())
          .contains("# VM options: " + String.join(" ", JvmFlags.ALL) + "\n")
          .doesNotContain("WARNING");
      assertThat(bench.errors()).doesNotContain("WARNING");
    }
  }

  @Test
  void flagsThatTheUserGivesToForksReplaceOurs() {
    try (Peer bench =
        SockbedProcess.start(
            "bench",
            "BareUdpRoundTripLatency",
            "-p",
            "payload=16",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "50ms",
            "-jvmArgs",
            "-Xmx200m")) {
      assertThat(bench.awaitExit()).as(bench.errors()).isZero();
      assertThat(bench.output()).contains("# VM options: -Xmx200m\n");
    }
  }

  @Test
  void whatTheEmulatedLinksCarryIsATable() {
    try (Peer bench =
        SockbedProcess.start(
            "bench", "--link", "--rate", "500/s,700/s", "--duration", "200ms", "--trials", "1")) {
      int status = bench.awaitExit();
      for (String link : List.of("relay, perfect", "relay, delay=10ms")) {
        assertThat(bench.output().lines().filter(line -> line.startsWith("| " + link + " | ")))
            .as(link)
            .hasSize(2);
      }
      String good = "every link carries 500 and 700 packets/s each way, and nothing is missing\n";
      assertThat(status).as(bench.errors()).isEqualTo(bench.output().endsWith(good) ? 0 : 1);
    }
  }

  @Test
  void linksTakeNoOptionsOfJmhs() {
    try (Peer bench = SockbedProcess.start("bench", "--link", "UdpThroughput")) {
      assertThat(bench.awaitExit()).isEqualTo(2);
      assertThat(bench.errors()).contains("--link takes no options of JMH's").hasLineCount(1);
    }
  }

  @Test
  void anUnknownBenchmarkIsWrongUsage() {
    try (Peer bench = SockbedProcess.start("bench", "NoSuchBenchmark")) {
      assertThat(bench.awaitExit()).isEqualTo(2);
      assertThat(bench.errors()).contains("no benchmark has such a name");
    }
  }

  @Test
  void anOptionThatJmhDoesNotKnowIsWrongUsage() {
    try (Peer bench = SockbedProcess.start("bench", "--no-such-option")) {
      assertThat(bench.awaitExit()).isEqualTo(2);
      assertThat(bench.errors()).contains("no-such-option");
    }
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
    try (Peer bench =
        SockbedProcess.start(
            Stream.concat(Stream.of("bench"), Stream.of(arguments.split(" "))).toArray())) {
      assertThat(bench.awaitExit()).isEqualTo(2);
      assertThat(bench.errors().lines().findFirst().orElse("")).contains(reason);
      assertThat(bench.output()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--peers", "--scale", "--garbage"})
  void whereNativeCallsAreMissingOneLineSaysSo(String which) {
    try (Peer bench = SockbedProcess.startWithoutNativeAccess("bench", which)) {
      assertThat(bench.awaitExit()).isEqualTo(4);
      assertThat(bench.errors().lines()).singleElement().asString().contains("need Linux");
    }
  }

  @Test
  void helpIsOurs() {
    try (Peer bench = SockbedProcess.start("bench", "--help")) {
      assertThat(bench.awaitExit()).isZero();
      assertThat(bench.output()).contains("--peers", "--floor", "--scale", "--garbage", "--quick");
    }
  }
}
