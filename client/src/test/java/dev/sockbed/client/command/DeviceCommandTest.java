package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.client.device.Assistant;
import dev.sockbed.client.device.BoardTime;
import dev.sockbed.common.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@Timeout(60)
class DeviceCommandTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/nonexistent"));
  private OutputStream output = new ByteArrayOutputStream();
  private final StringWriter errors = new StringWriter();
  private boolean terminal;

  @ParameterizedTest
  @CsvSource({"TCP, platform, block", "TCP, virtual, block", "UDP, platform, spin:50us"})
  void theLessonIsPlayedWithOtherWords(Transport transport, String threads, String waiting)
      throws Exception {
    try (Assistant assistant =
        Assistant.start(
            transport,
            "127.0.0.1",
            "greeting 9",
            "send 00ff0a",
            "receive 5",
            Assistant.send("中"),
            "receive 5")) {

      int status =
          device(
              assistant.address().toString(),
              "--greeting=Grüße!\n",
              "--reply-prefix=> ",
              "--count=2",
              "--pause=0s",
              "--threads=" + threads,
              "--wait=" + waiting);

      assertThat(status).isZero();
      assertThat(assistant.transcript())
          .containsExactly(
              "greeting " + Assistant.hex("Grüße!\n"),
              "receive " + Assistant.hex("> ") + "00ff0a",
              "receive " + Assistant.hex("> 中"));
      assertThat(output).hasToString("\0�\n中");
      assertThat(errors.toString().lines())
          .startsWith("light: (*) on", "joined lo")
          .anyMatch(line -> line.startsWith("network information: ('127.0.0.1', '255.0.0.0', '-'"))
          .anyMatch(line -> line.startsWith("connected " + transport.scheme() + " 127.0.0.1:"))
          .last()
          .asString()
          .startsWith(transport.scheme() + " 127.0.0.1:")
          .endsWith(" s; ended: enough replies were sent");
    }
  }

  @Test
  void aTerminalShowsEachReceiveOnALineWithoutControlCharacters() throws Exception {
    terminal = true;
    try (Assistant assistant =
        Assistant.start(
            Transport.TCP,
            "127.0.0.1",
            "greeting 15",
            "send 1b5b324a",
            "receive 10",
            "send 6869",
            "receive 8")) {

      device(assistant.address().toString(), "--count=2");

      assertThat(output).hasToString("\\x1b[2J\nhi\n");
    }
  }

  @Test
  void quietLeavesNothingButWhatIsReceived() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "send 6869", "receive 8")) {

      int status = device(assistant.address().toString(), "--count=1", "--quiet");

      assertThat(status).isZero();
      assertThat(output).hasToString("hi");
      assertThat(errors.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void nothingForTheIdleTimeoutIsAGoodEnd(Transport transport) throws Exception {
    try (Assistant assistant = Assistant.start(transport, "::1", "greeting 15", "wait")) {

      int status = device(assistant.address().toString(), "--idle-timeout=50ms");

      assertThat(status).isZero();
      assertThat(errors.toString()).contains("ended: nothing came for the idle timeout");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:1, connect tcp://127.0.0.1:1: refused: nothing listens there (ECONNREFUSED)",
    "udp://127.0.0.1:1, receive from udp://127.0.0.1:1: refused: nothing listens there"
        + " (ECONNREFUSED)",
    "tcp://no.localhost:1, resolve no.localhost: unknown host (EAI_NONAME)"
  })
  void aFailureOfThePeerIsOneLineAndStatus3(String address, String message) {
    assertThat(device(address, "--quiet")).isEqualTo(3);
    assertThat(errors).hasToString("sockbed device: " + message + "\n");
  }

  @Test
  void aLinkThatIsNotThereIsStatus3AfterThreeBlinks() {
    int status = device("tcp://127.0.0.1:1", "--interface=nosuch0", "--light=terminal");

    assertThat(status).isEqualTo(3);
    List<String> lines = errors.toString().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.subList(0, 6))
        .containsExactly(
            "light: (*) on",
            "light: ( ) off",
            "light: (*) on",
            "light: ( ) off",
            "light: (*) on",
            "light: ( ) off");
    assertThat(lines.getLast())
        .startsWith("sockbed device: there is no interface 'nosuch0', only ");
  }

  @Test
  void theLightOfLinuxShinesWhileTheProgramIsJoined() throws Exception {
    Files.createDirectory(folder.resolve("ACT"));
    Files.writeString(folder.resolve("ACT/max_brightness"), "1\n");
    Path brightness = Files.writeString(folder.resolve("ACT/brightness"), "0\n");
    List<String> seen = new ArrayList<>();
    output =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            seen.add(Files.readString(brightness).strip());
          }
        };
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "send 21", "receive 7")) {

      int status =
          device(
              assistant.address().toString(),
              "--count=1",
              "--light=sysfs:ACT",
              "--leds-root=" + folder);

      assertThat(status).isZero();
      assertThat(seen).isNotEmpty().containsOnly("1");
      assertThat(Files.readString(brightness).strip()).isEqualTo("0");
      assertThat(errors.toString()).doesNotContain("light");
    }
  }

  @Test
  void standardOutputThatTakesNoMoreIsStatus4() throws Exception {
    output =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "send 21", "wait")) {

      assertThat(device(assistant.address().toString(), "--quiet")).isEqualTo(4);
      assertThat(errors)
          .hasToString(
              "sockbed device: standard output can't be written: No space left on device\n");
    }
  }

  @Test
  void whatIsMissingIsStatus4() {
    assertThat(device("tcp://127.0.0.1:1", "--light=sysfs:ACT", "--leds-root=" + folder))
        .isEqualTo(4);
    assertThat(device("tcp://127.0.0.1:1", "--wifi=01Studio")).isEqualTo(4);

    assertThat(errors.toString().lines())
        .containsExactly(
            "sockbed device: there is no light 'ACT' in " + folder + "; there is none",
            "sockbed device: nmcli is not installed: install NetworkManager,"
                + " or join the network by hand and leave --wifi out");
  }

  @Test
  void aWifiNetworkIsJoinedWithThePasswordOfTheEnvironment() throws Exception {
    Path nmcli = folder.resolve("nmcli");
    Files.writeString(
        nmcli,
        """
        #!/bin/sh
        cd %s
        printf '%%s\\n' "$@" >arguments
        cat >input
        env >environment
        """
            .formatted(folder));
    assertThat(nmcli.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", folder.toString());
    environment.put("SOCKBED_WIFI_PASSWORD", "correct horse");
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "close")) {

      int status = device(assistant.address().toString(), "--wifi=01Studio");

      assertThat(status).isZero();
      assertThat(Files.readString(folder.resolve("input"))).isEqualTo("correct horse\n");
      assertThat(Files.readString(folder.resolve("arguments"))).doesNotContain("horse");
      assertThat(errors.toString()).doesNotContain("horse");
    }
  }

  @Test
  void aWifiNetworkThatRefusesIsStatus3AfterThreeBlinks() throws Exception {
    Path nmcli = folder.resolve("nmcli");
    Files.writeString(nmcli, "#!/bin/sh\necho 'Error: Secrets were required.' >&2\nexit 4\n");
    assertThat(nmcli.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", folder.toString());

    assertThat(device("tcp://127.0.0.1:1", "--wifi=01Studio")).isEqualTo(3);
    assertThat(errors.toString().lines().filter("light: (*) on"::equals)).hasSize(3);
    assertThat(errors.toString().lines().toList().getLast())
        .isEqualTo(
            "sockbed device: Wi-Fi '01Studio' was not joined: Error: Secrets were required.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:10000 | write tcp://HOST:PORT or udp://HOST:PORT",
        "tcp://127.0.0.1:65536 | the port must be a number from 0 to 65535, not '65536'",
        "tcp://127.0.0.1:0 | port 0 is for listening; name the peer's port",
        "tcp://127.0.0.1:1 udp://127.0.0.1:1 | Unmatched argument at index 2",
        "'' | Missing required parameter: 'ADDRESS'",
        "tcp://127.0.0.1:1 --receive-limit 0 | must be at least 1 byte, not 0",
        "tcp://127.0.0.1:1 --receive-limit -1 | not a size: '-1'",
        "udp://127.0.0.1:1 --receive-limit 65508 | the receive limit over udp must be 1 to 65507",
        "udp://127.0.0.1:1 --receive-limit 65507 | the longest reply would be 65513 bytes long",
        "tcp://127.0.0.1:1 --pause -1ms | not a duration: '-1ms'",
        "tcp://127.0.0.1:1 --pause 300 | not a duration: '300'",
        "tcp://127.0.0.1:1 --link-timeout soon | not a duration: 'soon'",
        "tcp://127.0.0.1:1 --idle-timeout 0s | must be longer than zero, not '0s'",
        "tcp://127.0.0.1:1 --count 0 | must be a whole number from 1 to 999999999, not '0'",
        "tcp://127.0.0.1:1 --count -3 | must be a whole number from 1 to 999999999, not '-3'",
        "tcp://127.0.0.1:1 --light lamp | --light is terminal, none or sysfs:NAME, not 'lamp'",
        "tcp://127.0.0.1:1 --threads green | not a kind of thread: 'green'",
        "tcp://127.0.0.1:1 --wait long | not a way to wait: 'long'",
        "tcp://127.0.0.1:1 --greeting h\ufffd\ufffd | --greeting has characters that this locale",
        "tcp://127.0.0.1:1 --nonsense | Unknown option: '--nonsense'"
      })
  void wrongUsageIsOneLineAndStatus2(String arguments, String message) {
    String[] words =
        Stream.of(arguments.split(" ")).filter(w -> !w.isEmpty()).toArray(String[]::new);

    assertThat(device(words)).isEqualTo(2);
    assertThat(errors.toString())
        .startsWith("sockbed device: ")
        .contains(message)
        .endsWith(" (see sockbed device --help)\n")
        .hasLineCount(1);
    assertThat(output).hasToString("");
  }

  private int device(String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            Path.of("/"),
            environment,
            new StandardStreams(InputStream.nullInputStream(), false, output, terminal),
            new TimeThatFlies());
    CommandLine commandLine = SockbedDevice.of(surroundings);
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(
        Stream.concat(Stream.of("device"), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Sleeping takes no time. */
  private static final class TimeThatFlies implements BoardTime {
    private long slept;

    @Override
    public long nanoTime() {
      return System.nanoTime() + slept;
    }

    @Override
    public void sleep(Duration length) {
      slept += length.toNanos();
    }
  }
}
