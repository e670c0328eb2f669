package dev.sockbed.bench.conformance.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.bench.conformance.cases.InProcess;
import dev.sockbed.bench.conformance.cases.InProcess.Client;
import dev.sockbed.bench.conformance.peers.Program;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each planted fault is found by the cases of the sentence that it breaks. */
@Tag("process")
class PlantedFaultsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A wrong program is slow to be found wrong; a right one is never asked to be so quick. */
  private static final Limits SERVER_LIMITS = Limits.of(Duration.ofSeconds(8), 128).withoutLoss();

  private static final Limits CLIENT_LIMITS = Limits.of(Duration.ofSeconds(24), 128);

  private static final ExecutorService JUDGES = Executors.newVirtualThreadPerTaskExecutor();

  // All are begun at once, since most of the time is spent waiting.
  private static final Map<String, Future<List<CaseResult>>> TCP_SERVERS =
      judge(WrongTcpServers.all(), PlantedFaultsTest::tcpServer);
  private static final Map<String, Future<List<CaseResult>>> UDP_SERVERS =
      judge(WrongUdpServers.all(), PlantedFaultsTest::udpServer);
  private static final Map<String, Future<List<CaseResult>>> TCP_CLIENTS =
      judge(WrongTcpClients.all(), planted -> client(Transport.TCP, planted));
  private static final Map<String, Future<List<CaseResult>>> UDP_CLIENTS =
      judge(WrongUdpClients.all(), planted -> client(Transport.UDP, planted));
  private static final Map<String, Future<List<CaseResult>>> TCP_BOARDS =
      judge(WrongBoards.overTcp(), planted -> client(Transport.TCP, planted));
  private static final Map<String, Future<List<CaseResult>>> UDP_BOARDS =
      judge(WrongBoards.overUdp(), planted -> client(Transport.UDP, planted));

  @AfterAll
  static void endJudging() {
    JUDGES.shutdownNow();
  }

  @Test
  void serversOverTcp() throws Exception {
    assertThat(TCP_SERVERS).hasSizeGreaterThanOrEqualTo(25);
    assertAllCaught(TCP_SERVERS);
  }

  @Test
  void serversOverUdp() throws Exception {
    assertAllCaught(UDP_SERVERS);
  }

  @Test
  void echoClientsOverTcp() throws Exception {
    assertAllCaught(TCP_CLIENTS);
  }

  @Test
  void echoClientsOverUdp() throws Exception {
    assertAllCaught(UDP_CLIENTS);
  }

  @Test
  void boardsOverTcp() throws Exception {
    assertAllCaught(TCP_BOARDS);
  }

  @Test
  void boardsOverUdp() throws Exception {
    assertAllCaught(UDP_BOARDS);
  }

  /** Only a process has a processor time of its own. */
  @ParameterizedTest
  @CsvSource({"tcp-broken-off, True", "tcp-closed, False"})
  void aBoardThatTurnsRoundAndRoundWhenTheAssistantHasGone(String name, String sends)
      throws Exception {
    Peer.require("python3");
    String program =
        """
        import socket, sys
        s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
        s.sendall(b'Hello 01Studio!')
        s.sendall(b'I got:' + s.recv(128))
        while True:
            try:
                received = s.recv(128)
                if %s or received:
                    s.sendall(b'I got:' + received)
            except OSError:
                pass
        """
            .formatted(sends);
    Program board = Program.of("python3 -c \"" + program + "\" {host} {port}");

    List<CaseResult> results = Checks.client(Transport.TCP, board, CLIENT_LIMITS, "device/4.3/");

    assertThat(results)
        .filteredOn(result -> result.id().equals("device/4.3/" + name))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.verdict()).isEqualTo(CaseVerdict.FAIL);
          assertThat(result.why()).contains("it used the processor for");
        });
  }

  private static List<CaseResult> tcpServer(Planted<Supplier<TcpFixture>> planted)
      throws Exception {
    Supplier<TcpFixture> program = planted.program();
    try (TcpFixture server = program.get()) {
      return Checks.server(server.address(), SERVER_LIMITS, planted.rule() + "/");
    }
  }

  private static List<CaseResult> udpServer(Planted<Supplier<UdpFixture>> planted)
      throws Exception {
    Supplier<UdpFixture> program = planted.program();
    try (UdpFixture server = program.get()) {
      return Checks.server(server.address(), SERVER_LIMITS, planted.rule() + "/");
    }
  }

  private static List<CaseResult> client(Transport transport, Planted<Client> planted)
      throws Exception {
    InProcess subject = new InProcess(ThreadKind.VIRTUAL, planted.program());
    return Checks.client(transport, subject, CLIENT_LIMITS, planted.rule() + "/");
  }

  private static <P> Map<String, Future<List<CaseResult>>> judge(
      List<Planted<P>> planted, Judge<P> judge) {
    Map<String, Future<List<CaseResult>>> judged = new LinkedHashMap<>();
    planted.forEach(each -> judged.put(each.toString(), JUDGES.submit(() -> judge.judge(each))));
    return judged;
  }

  private static void assertAllCaught(Map<String, Future<List<CaseResult>>> judged)
      throws Exception {
    List<String> missed = new ArrayList<>();
    for (Map.Entry<String, Future<List<CaseResult>>> each : judged.entrySet()) {
      List<CaseResult> results = each.getValue().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (results.stream().noneMatch(PlantedFaultsTest::isBroken)) {
        missed.add(each.getKey() + " " + Checks.told(results));
      }
    }
    assertThat(missed).isEmpty();
  }

  /** A port below 1024 can be had by the superuser only. */
  private static boolean isBroken(CaseResult result) {
    return switch (result.verdict()) {
      case FAIL, NON_STRICT -> true;
      case SKIPPED -> result.rule().equals("echo/udp/2.3");
      case PASS, INCONCLUSIVE -> false;
    };
  }

  /** Runs the cases of a fault's sentence. */
  @FunctionalInterface
  private interface Judge<P> {
    List<CaseResult> judge(Planted<P> planted) throws Exception;
  }
}
