package dev.sockbed.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ports in {@code docs/ports/lwip-c} pass every case that their stack can carry. */
@Tag("process")
@Execution(ExecutionMode.CONCURRENT)
class LwipPortsTest {
  /** A whole check, where everything takes longer than on loopback. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final String SERVER =
      """
      server=$1
      shift
      "$server" 192.168.7.2 10000 >"$server.$$" &
      trap 'kill $!' EXIT
      until grep -q listening "$server.$$"; do kill -0 $!; sleep 0.1; done
      "$@"
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void compile() {
    LwipNetwork.require();
    for (String name : List.of("echo_server", "echo_client", "board")) {
      LwipNetwork.compile(LwipNetwork.PORTS.resolve(name + ".c"), folder.resolve(name));
    }
  }

  @Test
  void theServerKeepsEverySentenceOverTcp() {
    assertAllPass(SERVER, server("tcp"));
  }

  /** Of a datagram in many fragments, the stack puts together ten packets at most. */
  @Test
  void theServerKeepsEverySentenceOverUdpThatTheStackCanCarry() {
    try (Peer check = LwipNetwork.start(SERVER, server("udp"))) {
      assertThat(check.awaitExit(PATIENCE)).as(check.output() + check.errors()).isZero();
      assertThat(check.output().lines().filter(line -> !line.startsWith("PASS")).toList())
          .as(check.output())
          .first(STRING)
          .matches("INCONCLUSIVE +echo/udp/1.3/65507-bytes");
      assertThat(check.output()).contains("5,516 bytes are answered", "1 inconclusive");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void theClientKeepsEverySentence(String transport) {
    assertAllPass("\"$@\"", client(transport, "echo_client"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void theBoardKeepsEverySentence(String transport) {
    List<String> check = new ArrayList<>(client(transport, "board"));
    check.addAll(List.of("--profile", "device"));
    assertAllPass("\"$@\"", check);
  }

  private static List<String> client(String transport, String name) {
    String listen = transport + "://192.168.7.1:0";
    String run = program(name) + " " + transport + " {host} {port}";
    // One at a time: there is one TAP device.
    return sockbed(
        "check", "client", "--listen", listen, "--allow-remote", "--parallel", "1", "--run", run);
  }

  private static List<String> server(String transport) {
    List<String> check = sockbed("check", "server", transport + "://192.168.7.2:10000");
    return Stream.concat(Stream.of(program("echo_server")), check.stream()).toList();
  }

  private static void assertAllPass(String script, List<String> arguments) {
    try (Peer check = LwipNetwork.start(script, arguments)) {
      int status = check.awaitExit(PATIENCE);
      assertThat(status).as(check.output() + check.errors()).isZero();
      assertThat(check.output()).containsPattern("(\\d+) cases: \\1 pass");
    }
  }

  private static List<String> sockbed(String... arguments) {
    return List.of(JavaCommand.of(JvmFlags.ALL, Sockbed.class, (Object[]) arguments));
  }

  private static String program(String name) {
    return folder.resolve(name).toString();
  }
}
