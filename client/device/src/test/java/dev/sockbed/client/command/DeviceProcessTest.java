package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockbed.client.device.Assistant;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The device as a process: its streams, its signals, its network. */
@Timeout(120)
@Tag("process")
class DeviceProcessTest {
  /** Runs a program on a terminal; types Ctrl-C when it has printed a line; prints all in hex. */
  private static final String ON_A_TERMINAL =
      """
      import os, pty, signal, sys
      pid, terminal = pty.fork()
      if pid == 0:
          signal.signal(signal.SIGINT, signal.SIG_DFL)
          os.execvp(sys.argv[1], sys.argv[1:])
      printed, typed = b'', False
      while True:
          try:
              more = os.read(terminal, 65536)
          except OSError:
              break
          printed += more
          if b'\\n' in printed and not typed:
              typed = True
              os.write(terminal, b'\\x03')
      print(printed.hex())
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
      """;

  @TempDir Path folder;

  @Test
  void aPipeGetsExactlyTheBytesThatWereReceived() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (Assistant assistant =
            Assistant.start(
                Transport.TCP,
                "127.0.0.1",
                "greeting 15",
                "send " + HexFormat.of().formatHex(all),
                "receive 268",
                "close");
        Peer device = Peer.start(command("device", assistant.address().toString()))) {

      assertThat(device.awaitExit()).isZero();
      assertThat(device.outputBytes()).isEqualTo(all);
      assertThat(device.errors())
          .contains("receives 2, replies 2, bytes in 256, bytes out 283, cut 0, ")
          .endsWith(" s; ended: the peer closed\n");
    }
  }

  @Test
  void controlCEndsItWithASummaryAndStatus130() {
    try (Assistant assistant =
            Assistant.start(
                Transport.TCP, "127.0.0.1", "greeting 15", "send 1b63", "receive 8", "end");
        Peer terminal =
            Peer.python(
                ON_A_TERMINAL,
                (Object[])
                    command("device", assistant.address().toString(), "--pause=1h", "--quiet"))) {

      assertThat(terminal.awaitExit()).isEqualTo(130);
      assertThat(shown(terminal)).startsWith("\\x1bc\r\n");
      assertThat(assistant.transcript()).last().isEqualTo("end 0");
    }
  }

  @Test
  void theTerminateSignalEndsItWithASummaryAndTheLightOff() throws Exception {
    Files.createDirectory(folder.resolve("ACT"));
    Files.writeString(folder.resolve("ACT/max_brightness"), "255\n");
    Path brightness = Files.writeString(folder.resolve("ACT/brightness"), "0\n");
    try (Assistant assistant = Assistant.start(Transport.UDP, "::1", "greeting 15", "wait");
        Peer device =
            Peer.start(
                command(
                    "device",
                    assistant.address().toString(),
                    "--light=sysfs:ACT",
                    "--leds-root=" + folder))) {
      assistant.awaitOutput("greeting");
      assertThat(Files.readString(brightness)).isEqualTo("255\n");

      device.process().toHandle().destroy(); // Process.destroy would also close its streams.

      assertThat(device.awaitExit()).isEqualTo(128 + 15);
      assertThat(device.errors()).endsWith(" s; ended: interrupted\n");
      assertThat(Files.readString(brightness)).isEqualTo("0\n");
    }
  }

  @Test
  void aLinkThatComesUpLaterIsWaitedFor() {
    try (Peer device = inANetworkOfItsOwn("device", "tcp://127.0.0.1:1", "--link-timeout=1h")) {
      device.awaitOutput("waiting at most 1h: there is no route to 127.0.0.1");
      String pid = Long.toString(device.process().pid());
      try (Peer ip =
          Peer.start("nsenter", "-t", pid, "-U", "-n", "ip", "link", "set", "lo", "up")) {
        assertThat(ip.awaitExit()).as(ip.errors()).isZero();
      }

      assertThat(device.awaitExit()).isEqualTo(3);
      assertThat(device.errors().lines())
          .containsSubsequence(
              "waiting at most 1h: there is no route to 127.0.0.1", "light: (*) on", "joined lo")
          .anyMatch(line -> line.startsWith("network information: ('127.0.0.1', '255.0.0.0', "))
          .last()
          .asString()
          .contains("refused");
    }
  }

  @Test
  void aNetworkWithoutALinkIsStatus3AfterThreeBlinks() {
    try (Peer device = inANetworkOfItsOwn("device", "udp://127.0.0.1:1", "--link-timeout=0s")) {

      assertThat(device.awaitExit()).isEqualTo(3);
      assertThat(device.errors().lines().toList())
          .hasSize(7)
          .startsWith(DeviceRun.THREE_BLINKS)
          .endsWith(
              "sockbed device: there is no route to 127.0.0.1, and --link-timeout 0s is over;"
                  + " join the network first");
    }
  }

  /** Where there is nothing but a loopback interface that is down. */
  private static Peer inANetworkOfItsOwn(String... arguments) {
    try (Peer attempt = Peer.start("unshare", "-rn", "true")) {
      assumeTrue(attempt.awaitExit() == 0, "network namespaces are not allowed here");
    }
    return Peer.start(
        Stream.concat(Stream.of("unshare", "-rn"), Stream.of(command(arguments)))
            .toArray(String[]::new));
  }

  private static String[] command(String... arguments) {
    return JavaCommand.of(List.of(), SockbedDevice.class, (Object[]) arguments);
  }

  private static String shown(Peer terminal) {
    byte[] printed = HexFormat.of().parseHex(terminal.output().strip());
    return new String(printed, StandardCharsets.UTF_8);
  }
}
