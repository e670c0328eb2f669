package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.client.device.Assistant;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code device} while all goes well. */
@Timeout(60)
@Tag("process")
class DeviceCommandTest {
  @TempDir Path folder;

  private final DeviceRun run = new DeviceRun();

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
          run.device(
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
      assertThat(run.output).hasToString("\0�\n中");
      assertThat(run.errors.toString().lines())
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
    run.terminal = true;
    try (Assistant assistant =
        Assistant.start(
            Transport.TCP,
            "127.0.0.1",
            "greeting 15",
            "send 1b5b324a",
            "receive 10",
            "send 6869",
            "receive 8")) {

      run.device(assistant.address().toString(), "--count=2");

      assertThat(run.output).hasToString("\\x1b[2J\nhi\n");
    }
  }

  @Test
  void quietLeavesNothingButWhatIsReceived() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "send 6869", "receive 8")) {

      int status = run.device(assistant.address().toString(), "--count=1", "--quiet");

      assertThat(status).isZero();
      assertThat(run.output).hasToString("hi");
      assertThat(run.errors.toString()).isEmpty();
    }
  }

  @Test
  void theLessonsProgramDiesOfWhatIsNoText() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "send ff", "end")) {

      int status =
          run.device(assistant.address().toString(), "--board=lesson", "--pause=0s", "--quiet");

      assertThat(status).isEqualTo(1);
      assertThat(assistant.transcript()).last().isEqualTo("end 0");
      assertThat(run.errors.toString())
          .isEqualToIgnoringNewLines(
              "what was received is no UTF-8 text, and the lesson's program dies of that");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void nothingForTheIdleTimeoutIsAGoodEnd(Transport transport) throws Exception {
    try (Assistant assistant = Assistant.start(transport, "::1", "greeting 15", "wait")) {

      int status = run.device(assistant.address().toString(), "--idle-timeout=50ms");

      assertThat(status).isZero();
      assertThat(run.errors.toString()).contains("ended: nothing came for the idle timeout");
    }
  }

  @Test
  void theLightOfLinuxShinesWhileTheProgramIsJoined() throws Exception {
    Files.createDirectory(folder.resolve("ACT"));
    Files.writeString(folder.resolve("ACT/max_brightness"), "1\n");
    Path brightness = Files.writeString(folder.resolve("ACT/brightness"), "0\n");
    List<String> seen = new ArrayList<>();
    run.output =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            seen.add(Files.readString(brightness).strip());
          }
        };
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "send 21", "receive 7")) {

      int status =
          run.device(
              assistant.address().toString(),
              "--count=1",
              "--light=sysfs:ACT",
              "--leds-root=" + folder);

      assertThat(status).isZero();
      assertThat(seen).isNotEmpty().containsOnly("1");
      assertThat(Files.readString(brightness).strip()).isEqualTo("0");
      assertThat(run.errors.toString()).doesNotContain("light");
    }
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
    run.environment.put("PATH", folder.toString());
    run.environment.put("SOCKBED_WIFI_PASSWORD", "correct horse");
    try (Assistant assistant =
        Assistant.start(Transport.TCP, "127.0.0.1", "greeting 15", "close")) {

      int status = run.device(assistant.address().toString(), "--wifi=01Studio");

      assertThat(status).isZero();
      assertThat(Files.readString(folder.resolve("input"))).isEqualTo("correct horse\n");
      assertThat(Files.readString(folder.resolve("arguments"))).doesNotContain("horse");
      assertThat(run.errors.toString()).doesNotContain("horse");
    }
  }
}
