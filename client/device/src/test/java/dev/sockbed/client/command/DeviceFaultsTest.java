package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.client.device.Assistant;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can go wrong with {@code device}: each is one line and its exit status. */
@Timeout(60)
@Tag("process")
class DeviceFaultsTest {
  @TempDir Path folder;

  private final DeviceRun run = new DeviceRun();

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:1, connect tcp://127.0.0.1:1: refused: nothing listens there (ECONNREFUSED)",
    "udp://127.0.0.1:1, receive from udp://127.0.0.1:1: refused: nothing listens there"
        + " (ECONNREFUSED)",
    "tcp://no.localhost:1, resolve no.localhost: unknown host (EAI_NONAME)"
  })
  void aFailureOfThePeerIsOneLineAndStatus3(String address, String message) {
    assertThat(run.device(address, "--quiet")).isEqualTo(3);
    assertThat(run.errors).hasToString("sockbed device: " + message + "\n");
  }

  @Test
  void aLinkThatIsNotThereIsStatus3AfterThreeBlinks() {
    int status = run.device("tcp://127.0.0.1:1", "--interface=nosuch0", "--light=terminal");

    assertThat(status).isEqualTo(3);
    List<String> lines = run.errors.toString().lines().toList();
    assertThat(lines).hasSize(7).startsWith(DeviceRun.THREE_BLINKS);
    assertThat(lines.getLast())
        .startsWith("sockbed device: there is no interface 'nosuch0', only ");
  }

  @Test
  void standardOutputThatTakesNoMoreIsStatus4() throws Exception {
    run.output =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "send 21", "wait")) {

      assertThat(run.device(assistant.address().toString(), "--quiet")).isEqualTo(4);
      assertThat(run.errors)
          .hasToString(
              "sockbed device: standard output can't be written: No space left on device\n");
    }
  }

  @Test
  void whatIsMissingIsStatus4() {
    assertThat(run.device("tcp://127.0.0.1:1", "--light=sysfs:ACT", "--leds-root=" + folder))
        .isEqualTo(4);
    assertThat(run.device("tcp://127.0.0.1:1", "--wifi=01Studio")).isEqualTo(4);

    assertThat(run.errors.toString().lines())
        .containsExactly(
            "sockbed device: there is no light 'ACT' in " + folder + "; there is none",
            "sockbed device: nmcli is not installed: install NetworkManager,"
                + " or join the network by hand and leave --wifi out");
  }

  @Test
  void aWifiNetworkThatRefusesIsStatus3AfterThreeBlinks() throws Exception {
    Path nmcli = folder.resolve("nmcli");
    Files.writeString(nmcli, "#!/bin/sh\necho 'Error: Secrets were required.' >&2\nexit 4\n");
    assertThat(nmcli.toFile().setExecutable(true)).isTrue();
    run.environment.put("PATH", folder.toString());

    assertThat(run.device("tcp://127.0.0.1:1", "--wifi=01Studio")).isEqualTo(3);
    assertThat(run.errors.toString().lines().filter("light: (*) on"::equals)).hasSize(3);
    assertThat(run.errors.toString().lines().toList().getLast())
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

    assertThat(run.device(words)).isEqualTo(2);
    assertThat(run.errors.toString())
        .startsWith("sockbed device: ")
        .contains(message)
        .endsWith(" (see sockbed device --help)\n")
        .hasLineCount(1);
    assertThat(run.output).hasToString("");
  }
}
