package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.peers.Program;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Checkout;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ports in {@code docs/ports/micropython} keep every MUST on the socket layers of the boards
 * that their headers name: {@code firmware.py} has those layers' habits. A program without their
 * care does not.
 */
@Tag("process")
@Execution(ExecutionMode.CONCURRENT)
class FirmwarePortsTest {
  private static final Path PORTS = Checkout.path("docs/ports/micropython");
  private static final String FIRMWARE = "src/test/python/firmware.py";
  private static final String PLAIN_BOARD = "src/test/python/plain_board.py";
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(30), 128);
  private static final int AT_A_TIME = 4;

  @BeforeAll
  static void requirePython() {
    Peer.require("python3");
  }

  @ParameterizedTest
  @CsvSource({"k230-a, UDP", "k230-b, TCP", "esp32, UDP"})
  void theBoard(String firmware, Transport transport) throws Exception {
    assertRight(client(firmware, "board.py", transport, "device/"));
  }

  @ParameterizedTest
  @CsvSource({"k230-a, UDP", "k230-b, TCP"})
  void theClient(String firmware, Transport transport) throws Exception {
    assertRight(client(firmware, "echo_client.py", transport, "echo/" + transport.scheme() + "/"));
  }

  @ParameterizedTest
  @CsvSource({"esp32, UDP", "rp2, TCP"})
  void theServer(String firmware, Transport transport) throws Exception {
    String server = PORTS.resolve("echo_server.py").toString();
    try (Peer running = Peer.start("python3", "-u", FIRMWARE, firmware, server, "127.0.0.1", "0")) {
      int port = running.awaitNumber("listening");
      assertRight(Checks.server(new Address(transport, "127.0.0.1", port), LIMITS));
    }
  }

  /** What the profiles are held to by {@link BoardProfileTest} is no invention of ours. */
  @ParameterizedTest
  @CsvSource({
    "LESSON_TCP, lesson, device/",
    "ESP32_UDP, plain, device/2.",
    "K230_A_UDP, plain, device/2.",
    "K230_B_TCP, plain, device/2.1/"
  })
  void aProgramWithoutCareBreaksWhatTheProfilesBreak(BoardHabits habits, String kind, String rules)
      throws Exception {
    String layer = kind.equals("plain") ? FIRMWARE + " " + habits.profile() : "";
    String command =
        "python3 %s %s %s %s {host} {port}"
            .formatted(layer, PLAIN_BOARD, kind, habits.transport().scheme());
    Program board = Program.of(command);
    habits.assertFound(Checks.client(habits.transport(), board, LIMITS, rules, 1, AT_A_TIME));
  }

  private static List<CaseResult> client(
      String firmware, String program, Transport transport, String rules) throws Exception {
    String command =
        String.join(" ", "python3", FIRMWARE, firmware, PORTS.resolve(program).toString());
    Program started = Program.of(command + " " + transport.scheme() + " {host} {port}");
    return Checks.client(transport, started, LIMITS, rules, 1, AT_A_TIME);
  }

  /** Without TCP_NODELAY, which is a SHOULD, an echo of several pieces takes longer. */
  private static void assertRight(List<CaseResult> results) {
    assertThat(results)
        .as(Checks.told(results))
        .isNotEmpty()
        .allSatisfy(result ->
            assertThat(result.verdict())
                .isIn(CaseVerdict.PASS, CaseVerdict.SKIPPED, CaseVerdict.NON_STRICT));
  }
}
