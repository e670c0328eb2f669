package dev.sockbed.bench.conformance.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Echo servers that are wrong by what the system's calls do when nobody looks. */
@Tag("process")
class WrongSystemCallsTest {
  private static final String SOURCE = "wrong_echo.c";
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(20), 128).withoutLoss();

  @TempDir private static Path folder;
  private static Path program;

  @BeforeAll
  static void compile() throws Exception {
    Peer.require("gcc");
    Path source = folder.resolve(SOURCE);
    try (InputStream stream = WrongSystemCallsTest.class.getResourceAsStream(SOURCE)) {
      Files.copy(stream, source);
    }
    program = folder.resolve("wrong_echo");
    try (Peer gcc =
        Peer.start(
            "gcc", "-D_GNU_SOURCE", "-O1", "-pthread", "-o", "" + program, "" + source, "-lrt")) {
      assertThat(gcc.awaitExit()).as(gcc.errors()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout", "interrupt"})
  void aSendThatTookAPartAndIsNotContinuedLosesBytes(String fault) throws Exception {
    try (Peer server = Peer.start(program.toString(), fault)) {
      Address address = new Address(Transport.TCP, "127.0.0.1", server.awaitNumber("listening"));

      List<CaseResult> results = Checks.server(address, LIMITS, "echo/tcp/1.7/");

      assertThat(results)
          .filteredOn(result -> result.id().equals("echo/tcp/1.7/after-a-stall"))
          .singleElement()
          .satisfies(result -> {
            assertThat(result.verdict()).isEqualTo(CaseVerdict.FAIL);
            assertThat(result.why()).contains("bytes before it are missing");
          });
    }
  }

  /** Most of the cases behind would fail, too, and tell nothing. */
  @ParameterizedTest
  @CsvSource({
    "sigpipe, echo/tcp/2.*, echo/tcp/2.4/gone-before-the-echo",
    "word, echo/tcp/1.3/*, echo/tcp/1.3/words"
  })
  void aServerThatDiesIsToldOnceWithTheCaseThatKilledIt(String fault, String only, String killer)
      throws Exception {
    String told;
    try (Peer server = Peer.start(program.toString(), fault)) {
      told = check(server.awaitNumber("listening"), only);
      server.awaitExit();
    }

    assertThat(told.lines().filter(line -> line.startsWith("FAIL")))
        .containsExactly("FAIL         " + killer);
    assertThat(told.replaceAll("\\s+", " "))
        .contains(CaseResult.SERVER_DIED)
        .contains("hint: look at how it ended; exit status 141, or signal 13, is SIGPIPE")
        .containsPattern("\\d+ of \\d+ cases were not judged: the server died after " + killer);
  }

  @Test
  void aRightUseOfTheSameCallsPasses() throws Exception {
    try (Peer server = Peer.start(program.toString(), "right")) {
      Address address = new Address(Transport.TCP, "127.0.0.1", server.awaitNumber("listening"));

      Checks.assertRight(Checks.server(address, LIMITS, "echo/tcp/2.4/"));
    }
  }

  private static String check(int port, String only) throws IOException {
    StringWriter out = new StringWriter();
    CommandLine root = Sockbed.commandLine();
    root.setOut(new PrintWriter(out));
    redirect(root, out);
    int status =
        root.execute("check", "server", "tcp://127.0.0.1:" + port, "--only", only, "--quiet");
    assertThat(status).isEqualTo(1);
    return out.toString();
  }

  private static void redirect(CommandLine command, StringWriter out) {
    command.setOut(new PrintWriter(out));
    command.getSubcommands().values().forEach(each -> redirect(each, out));
  }
}
