package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.ResultsSchema;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.common.Address;
import dev.sockbed.common.linux.CpuAffinity;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.common.testing.ProcessThreads;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a user runs it. */
@Tag("process")
final class CompareProcessTest {
  private static final Duration A_QUICK_RUN_ON_A_BUSY_MACHINE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void aQuickRunShowsATableAndVerdictsAndWritesJson() throws Exception {
    Path json = folder.resolve("result.json");
    try (Peer compare =
        SockbedProcess.start("compare", "--quick", "--trials=2", "--json", json.toString())) {
      assertThat(exitOf(compare)).as(compare.errors()).isZero();
      assertThat(compare.output())
          .contains("Round trip", "Throughput", "Connection set-up", "The receive limit")
          .contains("UDP's median round trip of 128 bytes");
      assertThat(compare.output().lines()).allMatch(line -> line.length() <= 80);
      assertThat(compare.output()).doesNotContain("\u001b");
      assertThat(compare.errors()).isEqualTo("wrote " + json + "\n");
    }

    ResultsSchema.assertKept(Files.readString(json));
    Results results = ResultsFile.read(json);
    assertThat(results.schema()).isEqualTo("sockbed/compare/1");
    assertThat(results.cells())
        .extracting(Cell::scenario)
        .contains("setup", "rtt", "throughput", "offered-load", "receive-limit", "connections");
    assertThat(results.cells()).extracting(Cell::transport).contains("tcp", "udp");
    assertThat(results.cells())
        .allSatisfy(cell -> assertThat(cell.outcomes().total()).isEqualTo(cell.sent()));
    assertThat(results.verdicts()).isNotEmpty();
    if (CpuAffinity.isAvailable() && CpuAffinity.allowed().size() > 1) {
      assertThat(results.cells())
          .filteredOn(cell -> cell.scenario().equals("rtt"))
          .extracting(Cell::placement)
          .contains("one-core", "two-cores");
      assertThat(results.verdicts())
          .extracting(Verdict::claim)
          .contains("two-cores tcp rtt p50 / one-core tcp rtt p50");
    }
  }

  @Test
  void aServerOfFewConnectionsIsMeasuredWithFewerAndItIsSaidHowManyItServes() throws Exception {
    Path json = folder.resolve("result.json");
    TcpEchoServerConfig config = TcpEchoServerConfig.DEFAULT.withMaxConnections(12);
    try (TcpEchoServer server = TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), config);
        UdpEchoServer other =
            UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), UdpEchoServerConfig.DEFAULT);
        Peer compare =
            SockbedProcess.start(
                "compare",
                server.address().toString(),
                other.address().toString(),
                "--quick",
                "--only=connections",
                "--trials=1",
                "--json=" + json)) {
      assertThat(exitOf(compare)).as(compare.errors()).isZero();
      assertThat(compare.output().replaceAll("\\s+", " "))
          .contains("The server " + server.address() + " serves 12 connections at once");
    }

    assertThat(ResultsFile.read(json).cells()).extracting(Cell::connections).containsExactly(6, 6);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void endsThatSpinOnOneProcessorAreWarnedAbout() throws Exception {
    int processor = CpuAffinity.allowed().first();
    Path json = folder.resolve("result.json");
    String[] command = {
      "compare",
      "--quick",
      "--trials=1",
      "--only",
      "receive-limit",
      "--wait",
      "spin",
      "--json",
      json.toString(),
      "--cpus",
      processor + "," + processor
    };
    try (Peer compare = SockbedProcess.start((Object[]) command)) {
      assertThat(exitOf(compare)).as(compare.errors()).isZero();
    }
    assertThat(ResultsFile.read(json).environment().path("warnings").toString())
        .contains("both ends spin on one processor");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void bothEndsRunWhereTheyAreTold() throws Exception {
    int processor = CpuAffinity.allowed().first();
    String[] command = {
      "compare", "--quick", "--trials=2", "--only=setup,rtt", "--cpus", processor + "," + processor
    };
    try (Peer compare = SockbedProcess.start((Object[]) command)) {
      await()
          .atMost(A_QUICK_RUN_ON_A_BUSY_MACHINE)
          .untilAsserted(() -> {
            assertRunsOn(processor, compare.process().toHandle(), "sockbed-load-0");
            ProcessHandle server = compare.process().descendants().findFirst().orElseThrow();
            assertRunsOn(processor, server, "sockbed-udp");
          });
      assertThat(exitOf(compare)).as(compare.errors()).isZero();
      assertThat(compare.output())
          .contains("both ends on one core", "Round trip", "Connection set-up")
          .doesNotContain("Throughput", "own core");
    }
  }

  private static void assertRunsOn(int processor, ProcessHandle process, String thread)
      throws IOException {
    assertThat(ProcessThreads.processors(process, name -> name.startsWith(thread)))
        .isNotEmpty()
        .containsOnly(String.valueOf(processor));
  }

  @Test
  void eachForkMeasuresTheSameInProcessesOfItsOwn() throws Exception {
    Path json = folder.resolve("result.json");
    String[] command = {
      "compare",
      "--quick",
      "--forks",
      "2",
      "--trials",
      "1",
      "--only",
      "setup,floor,offered-load",
      "--json",
      json.toString()
    };
    try (Peer compare = SockbedProcess.start((Object[]) command)) {
      assertThat(exitOf(compare)).as(compare.errors()).isZero();
      assertThat(compare.errors()).isEqualTo("wrote " + json + "\n");
    }
    ResultsSchema.assertKept(Files.readString(json));
    Results results = ResultsFile.read(json);
    assertThat(results.config().path("forks").intValue()).isEqualTo(2);
    List<Cell> first = results.cells().stream().filter(cell -> fork(cell) == 1).toList();
    List<Cell> second = results.cells().stream().filter(cell -> fork(cell) == 2).toList();
    assertThat(first).extracting(Cell::scenario).contains("setup", "floor", "offered-load");
    assertThat(first).hasSize(results.cells().size() / 2);
    assertThat(second)
        .extracting(Point::of)
        .containsExactlyInAnyOrderElementsOf(first.stream().map(Point::of).toList());
  }

  private static int fork(Cell cell) {
    return Objects.requireNonNull(cell.fork());
  }

  @Test
  void jsonOnStandardOutputIsAllThereIs() throws Exception {
    Path output = folder.resolve("output");
    String only = "--only=setup,receive-limit";
    try (Peer compare =
        SockbedProcess.start("compare", "--quick", "--trials=1", only, "--json", "-")) {
      assertThat(exitOf(compare)).isZero();
      Files.write(output, compare.outputBytes());
    }
    ResultsSchema.assertKept(Files.readString(output));
    assertThat(ResultsFile.read(output).cells()).isNotEmpty();
  }

  private static int exitOf(Peer compare) throws InterruptedException {
    boolean ended =
        compare.process().waitFor(A_QUICK_RUN_ON_A_BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(ended).isTrue();
    return compare.awaitExit();
  }
}
