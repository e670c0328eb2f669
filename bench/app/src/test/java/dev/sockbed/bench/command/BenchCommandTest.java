package dev.sockbed.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.SockbedRun;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
final class BenchCommandTest {
  private static final Duration A_BUSY_MACHINES_RUN = Duration.ofMinutes(3);

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
  void aBenchmarkBesideAnotherIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    List<String> flags =
        Stream.concat(JvmFlags.ALL.stream(), Stream.of("-Djava.io.tmpdir=" + folder)).toList();
    try (FileChannel file =
            FileChannel.open(
                folder.resolve("jmh.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock anothers = file.lock();
        Peer bench =
            Peer.start(
                JavaCommand.of(flags, Sockbed.class, "bench", "UdpRoundTripLatency", "-f", "0"))) {
      assertThat(anothers.isValid()).isTrue();
      assertThat(bench.awaitExit()).as(bench.errors()).isEqualTo(4);
      assertThat(bench.errors())
          .startsWith("sockbed bench: another benchmark of JMH is running")
          .hasLineCount(1);
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
            "bench", "--links", "--rate", "500/s,700/s", "--duration", "200ms", "--trials", "1")) {
      int status = bench.awaitExit(A_BUSY_MACHINES_RUN);
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
  void whereNativeCallsAreMissingOneLineSaysSo() {
    String[] program = JavaCommand.of(List.of(), WithoutNativeAccess.class);
    try (Peer bench = Peer.start(program)) {
      assertThat(bench.awaitExit()).as(bench.errors()).isZero();
      assertThat(bench.output().lines())
          .hasSize(3)
          .allMatch(line -> line.startsWith("4 sockbed bench: ") && line.contains("need Linux"));
    }
  }

  /** Tries all measurements that need native calls; a line of statuses and errors for each. */
  static final class WithoutNativeAccess {
    private WithoutNativeAccess() {}

    public static void main(String[] arguments) {
      for (String which : List.of("--peers", "--scale", "--garbage")) {
        SockbedRun bench = SockbedRun.of("bench", which);
        System.out.print(bench.status() + " " + bench.errors());
      }
    }
  }
}
