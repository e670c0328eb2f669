package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.peers.Program;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Checkout;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ports under {@code docs/ports} pass every case. */
@Tag("process")
class PortsTest {
  private static final Path C = Checkout.path("docs/ports/c");
  private static final Path PYTHON = Checkout.path("docs/ports/micropython");
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(30), 128);

  @TempDir private Path folder;

  @Test
  void thePortsInC() throws Exception {
    Peer.require("gcc");
    String server = compiled("echo_server");
    String client = compiled("echo_client");
    try (Peer running = Peer.start(server, "127.0.0.1", "0")) {
      int port = running.awaitNumber("listening");
      assertAllRight(
          List.of(
              () -> server(Transport.TCP, port),
              () -> server(Transport.UDP, port),
              () -> client(Transport.TCP, client, "echo/tcp/"),
              () -> client(Transport.UDP, client, "echo/udp/")));
    }
  }

  @Test
  void thePortsInMicroPythonAsCPythonRunsThem() throws Exception {
    Peer.require("python3");
    String client = "python3 " + PYTHON.resolve("echo_client.py");
    String board = "python3 " + PYTHON.resolve("board.py");
    String server = PYTHON.resolve("echo_server.py").toString();
    try (Peer running = Peer.start("python3", "-u", server, "127.0.0.1", "0")) {
      int port = running.awaitNumber("listening");
      assertAllRight(
          List.of(
              () -> server(Transport.TCP, port),
              () -> server(Transport.UDP, port),
              () -> client(Transport.TCP, client, "echo/tcp/"),
              () -> client(Transport.UDP, client, "echo/udp/"),
              () -> client(Transport.TCP, board, "device/"),
              () -> client(Transport.UDP, board, "device/")));
    }
  }

  private String compiled(String name) {
    Path program = folder.resolve(name);
    try (Peer gcc =
        Peer.start(
            "gcc",
            "-std=gnu11",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-O2",
            "-o",
            program.toString(),
            C.resolve(name + ".c").toString())) {
      assertThat(gcc.awaitExit()).as(gcc.errors()).isZero();
    }
    return program.toString();
  }

  private static List<CaseResult> server(Transport transport, int port) throws Exception {
    return Checks.server(new Address(transport, "127.0.0.1", port), LIMITS);
  }

  private static List<CaseResult> client(Transport transport, String command, String rules)
      throws Exception {
    Program program = Program.of(command + " " + transport.scheme() + " {host} {port}");
    return Checks.client(transport, program, LIMITS, rules);
  }

  /** All at once, since most of the time is spent waiting. */
  private static void assertAllRight(List<Callable<List<CaseResult>>> checks) throws Exception {
    List<Future<List<CaseResult>>> running = new ArrayList<>();
    try (ExecutorService checkers = Executors.newVirtualThreadPerTaskExecutor()) {
      checks.forEach(check -> running.add(checkers.submit(check)));
      for (Future<List<CaseResult>> check : running) {
        Checks.assertRight(check.get(4, TimeUnit.MINUTES));
      }
    }
  }
}
