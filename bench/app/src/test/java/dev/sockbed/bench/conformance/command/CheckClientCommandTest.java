package dev.sockbed.bench.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.report.CheckFile;
import dev.sockbed.bench.conformance.report.SampleReports;
import dev.sockbed.common.testing.Peer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("process")
class CheckClientCommandTest {
  private static final String LISTEN = "tcp://127.0.0.1:0";
  private static final String CLIENT =
      "python3 ../../docs/ports/micropython/echo_client.py tcp {host} {port}";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void aRightClientIsTheExitStatusZeroAndAllFilesAreWritten() throws Exception {
    Peer.require("python3");
    Path json = folder.resolve("client.json");
    Path junit = folder.resolve("client.xml");

    int status =
        run(
            "client",
            "--listen",
            LISTEN,
            "--run",
            CLIENT,
            "--only",
            "echo/tcp/4.*",
            "--parallel",
            "8",
            "--repeat",
            "2",
            "--name",
            "ours",
            "--json",
            json.toString(),
            "--junit",
            junit.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("PASS         echo/tcp/4.2/right-echo (2 of 2 passed)", "ours", "20 pass");
    assertThat(Files.readString(junit)).contains("failures=\"0\"");

    Path page = folder.resolve("matrix.html");
    assertThat(run("report", json.toString(), json.toString(), "--html", page.toString())).isZero();
    assertThat(Files.readString(page)).contains("echo/tcp/4.2/right-echo");
  }

  /** And at once, however patient the checker is. */
  @Test
  @Timeout(60)
  void aClientThatEndsWithoutConnectingFailsWithWhatItSaid() {
    Peer.require("python3");
    String program = "python3 -c \"import sys; sys.exit('no network here')\" {port}";

    assertThat(judged(program, "echo/tcp/4.1", "10m")).isEqualTo(1);
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("before it connected; it says: no network here");
  }

  @Test
  void aClientThatConnectsAndSaysNothingFailsForThat() {
    Peer.require("python3");
    String program =
        "python3 -c \"import socket, sys, time;"
            + " s = socket.create_connection((sys.argv[1], int(sys.argv[2]))); time.sleep(600)\""
            + " {host} {port}";

    assertThat(judged(program, "echo/tcp/4.2", "20s")).isEqualTo(1);
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("it sent nothing (at: everything goes back at once)");
  }

  @Test
  void aCommandThatCannotStartIsToldBeforeAnythingIsRun() {
    int status = run("client", "--listen", LISTEN, "--run", "/no/such/program {port}");

    assertThat(status).isEqualTo(4);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("sockbed check client: --run: there is no program /no/such/program");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whyACommandCannotStartIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("client"), "#!/no/such/interpreter\n");
    assertMissing(folder.toString(), folder + " is a folder, not a program");
    assertMissing(file.toString(), file + " may not be executed; make it so, or name what runs it");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    assertMissing(file.toString(), file + " can't be started: ");
  }

  private void assertMissing(String program, String told) {
    err.getBuffer().setLength(0);
    assertThat(run("client", "--listen", LISTEN, "--run", program + " {port}")).isEqualTo(4);
    assertThat(err.toString().lines()).singleElement().asString().contains(told);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aCommandThatIsNotToldThePortIsNotSentToAnother() {
    Peer.require("true");
    assertBad("client", "--listen", LISTEN, "--run", "true {host}");
    assertThat(err.toString()).contains("--run has neither {port} nor {address}");

    int status =
        run(
            "client",
            "--listen",
            "tcp://127.0.0.1:23462",
            "--run",
            "true",
            "--only",
            "echo/tcp/4.7");

    assertThat(status).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("SKIPPED echo/tcp/4.7/refused", "it can't be sent to another port");
  }

  @Test
  void badInputIsOneLine() {
    assertBad("client");
    assertBad("client", "--listen", LISTEN, "--profile", "server");
    assertBad("client", "--listen", LISTEN, "--run", "");
    assertBad("client", "--listen", LISTEN, "--run", "program 'without end");
    assertBad("client", "--listen", "tcp://0.0.0.0:0", "--run", CLIENT);
    assertBad("client", "--listen", LISTEN, "--parallel", "2");
    assertBad("client", "--listen", "tcp://127.0.0.1:23461", "--run", CLIENT, "--parallel", "2");
    assertBad("client", "--listen", LISTEN, "--run", CLIENT, "--parallel", "0");
    assertBad("report", "/no/such/file.json");
    assertBad("report");
  }

  @Test
  void twoFilesOfOneNameAreRefusedBeforeAnythingIsRun() {
    Path file = folder.resolve("both");

    assertBad(
        "client", "--listen", LISTEN, "--run", CLIENT, "--json", file + "", "--junit", file + "");
    assertThat(err.toString()).contains("--json and --junit name the same file");
    assertThat(file).doesNotExist();
  }

  @Test
  void aPageDoesNotReplaceAReport() throws Exception {
    Path file = folder.resolve("ours.json");
    String text = CheckFile.toJson(SampleReports.report("ours", CaseVerdict.PASS, null));
    Files.writeString(file, text);

    assertBad("report", file.toString(), "--html", file.toString());
    assertThat(err.toString()).contains("is one of the reports");
    assertThat(file).hasContent(text);
  }

  @Test
  void aListNeedsNoAddress() {
    assertThat(run("client", "--list", "--profile", "device")).isZero();

    assertThat(out.toString())
        .contains("device/1.1/tcp-first  [tcp]", "device/2.6/udp-empty  [udp]");
  }

  private int judged(String program, String only, String timeout) {
    return run(
        "client", "--listen", LISTEN, "--run", program, "--only", only, "--timeout", timeout);
  }

  private void assertBad(String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("sockbed check"))).hasSize(1);
  }

  private int run(String... arguments) {
    CommandLine root = Sockbed.commandLine();
    redirect(root);
    return root.execute(
        Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new));
  }

  private void redirect(CommandLine command) {
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    command.getSubcommands().values().forEach(this::redirect);
  }
}
