package dev.sockbed.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.common.testing.Peer;
import org.junit.jupiter.api.Test;

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

  @Test
  void helpIsOurs() {
    try (Peer bench = SockbedProcess.start("bench", "--help")) {
      assertThat(bench.awaitExit()).isZero();
      assertThat(bench.output()).contains("All options but --help go to JMH").contains("-prof gc");
    }
  }
}
