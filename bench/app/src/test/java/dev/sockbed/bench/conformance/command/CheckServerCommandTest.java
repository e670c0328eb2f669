package dev.sockbed.bench.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.common.Address;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("process")
class CheckServerCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aRightServerIsTheExitStatusZero() throws Exception {
    try (TcpEchoServer server = server()) {
      int status = run("server", server.address().toString(), "--only", "echo/tcp/1.3");

      assertThat(err.toString()).isEmpty();
      assertThat(status).isZero();
      assertThat(out.toString())
          .contains("PASS         echo/tcp/1.3/nul")
          .contains("7 cases: 7 pass")
          .doesNotContain("\u001b[");
    }
  }

  @Test
  void aBoardCallsInsteadOfTheUsualCallers() throws Exception {
    try (TcpEchoServer server = server()) {
      String address = server.address().toString();

      int status = run("server", address, "--board", "k230", "--only", "echo/tcp/1.1");

      assertThat(err.toString()).isEmpty();
      assertThat(status).isZero();
      assertThat(out.toString())
          .contains("PASS         echo/tcp/1.1/board-talk", address + ", called by a board: k230")
          .contains("1 case: 1 pass");
    }
  }

  @Test
  void aServerThatAnswersNobodyFailsWithABoardToo() {
    String program =
        """
        import socket
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(('127.0.0.1', 0))
        print('listening', server.getsockname()[1], flush=True)
        while True:
            server.recvfrom(2048)
        """;
    try (Peer deaf = Peer.python(program)) {
      String address = "udp://127.0.0.1:" + deaf.awaitNumber("listening");

      int status = run("server", address, "--board", "lesson", "--only", "echo/udp/1.1");

      assertThat(status).isEqualTo(1);
      assertThat(out.toString().replaceAll("\\s+", " "))
          .contains("FAIL echo/udp/1.1/board-talk", "none of 20 others was answered");
    }
  }

  @Test
  void theCasesOfABoardCanBeListed() {
    assertThat(run("server", "--board", "lesson", "--dry-run")).isZero();

    assertThat(out.toString())
        .contains("echo/tcp/2.5/board-switched-off  [tcp]", "echo/udp/2.1/two-boards  [udp]")
        .contains("board 1 connects, with the habits of lesson, and sends a greeting of 15 bytes");
  }

  @Test
  void nothingListensThere() {
    int port = FreePort.at("127.0.0.1");
    for (String scheme : new String[] {"tcp", "udp"}) {
      assertThat(run("server", scheme + "://127.0.0.1:" + port)).isEqualTo(3);
    }
    assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("refused"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aServerOfAnotherProtocolIsNamedInOneLine() {
    String program =
        """
        import http.server
        server = http.server.HTTPServer(('127.0.0.1', 0), http.server.BaseHTTPRequestHandler)
        print('listening', server.server_port)
        server.serve_forever()
        """;
    try (Peer http = Peer.python(program)) {
      int port = http.awaitNumber("listening");

      int status = run("server", "tcp://127.0.0.1:" + port, "--only", "echo/tcp/1.1/request");

      assertThat(status).isEqualTo(1);
      assertThat(out.toString().lines())
          .contains("  This is no echo server: it answers like an HTTP server.");
    }
  }

  @Test
  void aListNamesEachCaseAndItsSentence() {
    assertThat(run("server", "--list", "--only", "echo/udp/1.2")).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            echo/udp/1.2/empty  [udp] a datagram without a byte
                The server MUST answer an empty datagram with an empty datagram.
            1 case
            """);
  }

  @Test
  void aSectionMeansAllOfItsSentences() {
    assertThat(run("server", "--list", "--only", "echo/udp/3")).isZero();

    assertThat(out.toString())
        .contains("echo/udp/3.1/", "echo/udp/3.2/")
        .doesNotContain("echo/udp/1.", "echo/udp/2.", "echo/tcp/");
  }

  @Test
  void aDryRunTellsTheSteps() {
    assertThat(run("server", "--dry-run", "--only", "echo/tcp/3.3/*")).isZero();

    assertThat(out.toString()).contains("    - A half-closes\n    - the server closes, too\n");
  }

  @Test
  void badInputIsOneLine() {
    assertBad("server");
    assertBad("server", "127.0.0.1:10000");
    assertBad("server", "tcp://127.0.0.1:0");
    assertBad("server", "tcp://127.0.0.1:9", "--only", "echo/sctp/*");
    assertBad("server", "tcp://127.0.0.1:9", "--only", "");
    assertBad("server", "tcp://127.0.0.1:9", "--timeout", "0s");
    assertBad("server", "tcp://127.0.0.1:9", "--repeat", "0");
    assertBad("server", "udp://127.0.0.1:9", "--receive-limit", "70000");
    assertBad("server", "tcp://127.0.0.1:9", "--json", "/nowhere/at/all.json");
    assertBad("server", "tcp://127.0.0.1:9", "--profile", "sctp");
    assertBad("server", "tcp://127.0.0.1:9", "--board", "esp8266");
    assertBad("server", "tcp://127.0.0.1:9", "--board", "k230", "--profile", "echo");
    assertBad("server", "tcp://127.0.0.1:9", "--board", "k230", "--timeout", "3s");
  }

  private void assertBad(String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(1)
        .allMatch(line -> line.startsWith("sockbed check"));
  }

  private static TcpEchoServer server() throws Exception {
    return TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), TcpEchoServerConfig.DEFAULT);
  }

  private int run(String... arguments) {
    CommandLine root = Sockbed.commandLine();
    redirect(root);
    String[] all = new String[arguments.length + 1];
    all[0] = "check";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return root.execute(all);
  }

  private void redirect(CommandLine command) {
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    command.getSubcommands().values().forEach(this::redirect);
  }
}
