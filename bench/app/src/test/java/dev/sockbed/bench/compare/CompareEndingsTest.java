package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.ResultsSchema;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a comparison ends that can't go on, or is told not to. */
@Tag("process")
final class CompareEndingsTest {
  private static final Duration A_QUICK_RUN_ON_A_BUSY_MACHINE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anInterruptKeepsAndReportsWhatWasMeasured(int forks) throws Exception {
    Path json = folder.resolve("result.json");
    try (TcpEchoServer tcp = tcpServer();
        UdpEchoServer udp = udpServer();
        Peer compare =
            SockbedProcess.startInterruptible(
                "compare",
                "--quick",
                "--forks",
                String.valueOf(forks),
                "--json",
                json.toString(),
                tcp.address().toString(),
                udp.address().toString())) {
      // Past the warm-up, in which the window is 64 and all messages are of 128 bytes.
      await().atMost(A_QUICK_RUN_ON_A_BUSY_MACHINE).until(() -> udp.counters().truncated() > 0);

      compare.signal("INT");

      assertThat(exitOf(compare)).as(compare.errors()).isEqualTo(130);
      assertThat(compare.errors()).containsOnlyOnce("interrupted");
      ResultsSchema.assertKept(Files.readString(json));
      List<Cell> cells = ResultsFile.read(json).cells();
      assertThat(cells).extracting(Cell::scenario).contains("receive-limit");
      assertThat(cells)
          .allSatisfy(cell -> assertThat(cell.outcomes().total()).isEqualTo(cell.sent()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatDiesIsToldAfterWhatWasMeasured(Transport dying) throws Exception {
    Path json = folder.resolve("result.json");
    Path lines = folder.resolve("result.ndjson");
    try (TcpEchoServer tcp = tcpServer();
        UdpEchoServer udp = udpServer();
        Peer compare =
            SockbedProcess.start(
                "compare",
                "--quick",
                "--json",
                json.toString(),
                "--ndjson",
                lines.toString(),
                tcp.address().toString(),
                udp.address().toString())) {
      await()
          .atMost(A_QUICK_RUN_ON_A_BUSY_MACHINE)
          .until(() -> Files.exists(lines) && Files.readAllLines(lines).size() > 3);

      (dying == Transport.TCP ? tcp : udp).close();

      assertThat(exitOf(compare)).as(compare.errors()).isEqualTo(3);
      assertThat(compare.errors())
          .containsPattern("sockbed compare: .*" + dying.scheme() + "://.*(refused|reset|broken)");
      assertThat(compare.output()).contains("messages/s");
    }
    ResultsSchema.assertKept(Files.readString(json));
    assertThat(ResultsFile.read(json).cells()).hasSameSizeAs(Files.readAllLines(lines));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTargetThatIsNoEchoServerIsFoundOutBeforeAnythingIsMeasured(int forks) throws Exception {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "tcp://127.0.0.1:" + stranger.getLocalPort();
      try (Peer compare =
          SockbedProcess.start("compare", "--forks", String.valueOf(forks), address)) {
        try (Socket caller = stranger.accept()) {
          caller.getOutputStream().write("220 mail ready\r\n".getBytes(StandardCharsets.US_ASCII));
          assertThat(compare.awaitExit()).isEqualTo(3);
        }
        assertThat(compare.errors().lines()).hasSize(1);
        assertThat(compare.errors()).contains("the peer answered, but not with our bytes");
      }
    }
  }

  /** Of one fork the servers, of several also the fork itself. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3"})
  void itsProcessesEndEvenWhenItIsKilled(int forks, int processes) throws Exception {
    try (Peer compare =
        SockbedProcess.start("compare", "--quick", "--forks", String.valueOf(forks))) {
      List<ProcessHandle> started =
          await()
              .atMost(Peer.PATIENCE)
              .until(
                  () -> compare.process().descendants().toList(),
                  handles -> handles.size() == processes);

      compare.process().destroyForcibly();

      assertThat(started)
          .allSatisfy(process -> await().atMost(Peer.PATIENCE).until(() -> !process.isAlive()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          compare tcp://127.0.0.1:1 udp://127.0.0.1:1    | 3 | refused
          compare --json /no/such/folder/result.json     | 2 | /no/such/folder
          """)
  void badInputIsOneLineAndTheRightStatus(String commandLine, int status, String message) {
    try (Peer compare = SockbedProcess.start((Object[]) commandLine.split(" "))) {
      assertThat(compare.awaitExit()).as(compare.errors()).isEqualTo(status);
      assertThat(compare.errors().lines()).as(compare.errors()).hasSize(1);
      assertThat(compare.errors()).startsWith("sockbed compare: ").contains(message);
      assertThat(compare.output()).isEmpty();
    }
  }

  private static int exitOf(Peer compare) throws InterruptedException {
    boolean ended =
        compare.process().waitFor(A_QUICK_RUN_ON_A_BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).isTrue();
    return compare.awaitExit();
  }

  private static TcpEchoServer tcpServer() throws Exception {
    return TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), TcpEchoServerConfig.DEFAULT);
  }

  private static UdpEchoServer udpServer() throws Exception {
    return UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), UdpEchoServerConfig.DEFAULT);
  }
}
