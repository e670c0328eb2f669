package dev.sockbed.bench.link.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code link} as a user runs it. */
@Tag("socket")
class LinkCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --loss 101% | loss: a percentage is at most 100 %, not '101%'
          --up-loss 5 | loss: not a percentage: '5'
          --delay -5ms | delay: must not be negative: '-5ms'
          --preset wifi-por | unknown preset: 'wifi-por' (did you mean wifi-poor or wifi-good?)
          --preset wifi | unknown preset: 'wifi' (did you mean wifi-good or wifi-poor?)
          --preset x | unknown preset: 'x' (there are lan, wifi-good, wifi-poor, 4g, 3g, satellite,
          --timeline / | / is a folder, not a timeline
          --queue 5 | queue: without a rate nothing waits
          --slicer 5 | --slicer, --slow-close, --reset-peer, --black-hole and --limit-data are for TCP
          --timeline /no/such/file | /no/such/file: there is no such file
          --up-trace /no/such/file | /no/such/file: there is no such file
          --down-trace / | / is a folder, not a trace
          """)
  void badInputIsOneLineAndExitTwo(String flags, String message) {
    String[] base = {"--listen", "udp://127.0.0.1:0", "--to", "udp://127.0.0.1:9"};

    assertThat(run(Stream.concat(Arrays.stream(base), Arrays.stream(flags.split(" ")))))
        .isEqualTo(2);

    assertThat(err.toString()).startsWith("sockbed link: " + message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2s outage\n1s connected\n", "\ufeff2s outage\r\n1s connected\r\n"})
  void aTimelineOutOfOrderNamesItsLineWhateverItsEditor(String text, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("train.txt"), text);

    int status =
        run(
            Stream.of(
                "--listen",
                "udp://127.0.0.1:0",
                "--to",
                "udp://127.0.0.1:9",
                "--timeline",
                "" + file));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "sockbed link: " + file + ", line 2: 1s is not later than 2s on the line before");
  }

  @Test
  void aRecordedRateWithAFaultNamesFileAndLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("train.up"), "10\n20\n15\n");

    assertThat(runRecorded(file)).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("sockbed link: " + file + ", line 3: 15 is before 20 on the line before")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--rate, --up-trace and --bandwidth both",
    "--up-rate, --up-trace and --up-bandwidth both"
  })
  void aDirectionHasOneRateOnly(String flag, String message, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("train.up"), "10\n");

    assertThat(runRecorded(file, flag, "1Mbit/s")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("sockbed link: " + message + " set the rate")
        .hasLineCount(1);
  }

  @Test
  void aRecordedRateIsToldBesideTheOtherDirections(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("train.up"), "\ufeff10\r\n20\r\n");

    assertThat(runRecorded(file, "--down-rate", "1Mbit/s", "--duration", "1ms")).isZero();

    assertThat(out.toString()).contains("up-trace=train.up,up-queue=64,down-rate=1Mbit/s");
  }

  private int runRecorded(Path file, String... more) {
    Stream<String> base =
        Stream.of(
            "--listen", "udp://127.0.0.1:0", "--to", "udp://127.0.0.1:9", "--up-trace", "" + file);
    return run(Stream.concat(base, Arrays.stream(more)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aTraceForWhichThereIsNoRoomIsToldAndTheLinkGoesOn() throws SocketFailure {
    Address any = Address.parse("udp://127.0.0.1:0");
    try (UdpEchoServer server = UdpEchoServer.open(any, UdpEchoServerConfig.DEFAULT)) {
      int status =
          run(
              Stream.of(
                  "--listen",
                  "udp://127.0.0.1:0",
                  "--to",
                  server.address().toString(),
                  "--trace",
                  "/dev/full",
                  "--duration",
                  "10ms"));
      assumeThat(err.toString()).as("may make networks").doesNotContain("unshare");

      assertThat(err.toString())
          .isEqualTo(
              "sockbed link: --trace /dev/full: No space left on device; the trace is cut off"
                  + " there, the link was not\n");
      assertThat(status).isEqualTo(4);
      assertThat(out.toString().lines()).hasSize(4).last().asString().startsWith("down: 0 packets");
    }
  }

  @Test
  void aTcpServerThatIsGoneIsExitThree() {
    int port = FreePort.at("127.0.0.1");

    int status = run(Stream.of("--listen", "tcp://127.0.0.1:0", "--to", "tcp://127.0.0.1:" + port));

    assertThat(status).isEqualTo(3);
    assertThat(err.toString()).contains("refused: nothing listens there").hasLineCount(1);
  }

  @Test
  void differentTransportsDoNotMeet() {
    assertThat(run(Stream.of("--listen", "tcp://127.0.0.1:0", "--to", "udp://127.0.0.1:9")))
        .isEqualTo(2);
  }

  @Test
  void itTellsWhereItListensAndWhatBecameOfThePackets() throws SocketFailure {
    Address any = Address.parse("udp://127.0.0.1:0");
    try (UdpEchoServer server = UdpEchoServer.open(any, UdpEchoServerConfig.DEFAULT)) {
      int status =
          run(
              Stream.of(
                  "--listen",
                  "udp://127.0.0.1:0",
                  "--to",
                  server.address().toString(),
                  "--loss",
                  "5%",
                  "--duration",
                  "10ms"));

      assertThat(status).isZero();
      assertThat(out.toString().lines())
          .satisfiesExactly(
              line -> assertThat(line).matches("listening udp://127\\.0\\.0\\.1:\\d+"),
              line ->
                  assertThat(line).isEqualTo("link to " + server.address() + ": relay, loss=5%"),
              line -> assertThat(line).isEqualTo("up: 0 packets, 0 delivered"),
              line -> assertThat(line).isEqualTo("down: 0 packets, 0 delivered"));
    }
  }

  private int run(Stream<String> arguments) {
    CommandLine commandLine = Sockbed.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(Stream.concat(Stream.of("link"), arguments).toArray(String[]::new));
  }
}
