package dev.sockbed.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.ThreadKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining through an nmcli that is a script of ours. */
@Timeout(60)
@Tag("process")
class WifiLinkTest {
  private static final String SECRET = "correct horse";

  @TempDir Path folder;

  @Test
  void thePasswordGoesToNmclisInputAndNotIntoItsArguments() throws Exception {
    nmcli("cat >" + folder + "/input");

    wifi("01Studio", "wlan0", SECRET).join(Duration.ofMillis(9_500));

    assertThat(Files.readAllLines(folder.resolve("arguments")))
        .containsExactly(
            "--ask", "--wait", "10", "device", "wifi", "connect", "01Studio", "ifname", "wlan0");
    assertThat(Files.readString(folder.resolve("input"))).isEqualTo(SECRET + "\n");
  }

  @Test
  void aNetworkWithoutPasswordIsJoinedWithoutAsking() throws Exception {
    nmcli("cat >" + folder + "/input");

    wifi("free coffee", null, null).join(Duration.ofSeconds(10));

    assertThat(Files.readAllLines(folder.resolve("arguments")))
        .containsExactly("--wait", "10", "device", "wifi", "connect", "free coffee");
    assertThat(Files.readString(folder.resolve("input"))).isEmpty();
  }

  @Test
  void aRefusalIsToldInNmclisWordsWithoutThePassword() throws Exception {
    nmcli(
        "echo 'Password: ' ; echo 'Warning: something' >&2",
        "echo 'Error: no network with that " + SECRET + "\tfound.' >&2",
        "echo >&2",
        "exit 10");

    assertThatThrownBy(() -> wifi("01Studio", null, SECRET).join(Duration.ofSeconds(10)))
        .isInstanceOf(LinkDownException.class)
        .hasMessage("Wi-Fi '01Studio' was not joined: Error: no network with that *** found.");
  }

  @Test
  void aRefusalWithoutWordsIsToldByItsStatus() throws Exception {
    nmcli("exit 8");

    assertThatThrownBy(() -> wifi("01Studio", null, SECRET).join(Duration.ofSeconds(10)))
        .isInstanceOf(LinkDownException.class)
        .hasMessage("Wi-Fi '01Studio' was not joined: nmcli ended with status 8");
  }

  @Test
  void anNmcliThatNeverEndsIsEnded() throws Exception {
    Set<ProcessHandle> before = children();
    nmcli("exec tail -f /dev/null");

    assertThatThrownBy(() -> wifi("01Studio", null, null).join(Duration.ofMillis(500)))
        .isInstanceOf(LinkDownException.class)
        .hasMessage("Wi-Fi '01Studio' was not joined: nmcli did not end within 1500 ms");

    await("the end of nmcli").until(() -> before.containsAll(children()));
  }

  @Test
  void anInterruptEndsNmcli() throws Exception {
    nmcli(
        "echo $$ >" + folder + "/pid.new; mv " + folder + "/pid.new " + folder + "/pid",
        "exec tail -f /dev/null");
    WifiLink wifi = wifi("01Studio", null, null);
    FutureTask<Boolean> joining =
        new FutureTask<>(() -> {
          wifi.join(Duration.ofHours(1));
          return true;
        });
    Thread thread = ThreadKind.PLATFORM.start("sockbed-board", joining);
    await().until(() -> Files.exists(folder.resolve("pid")));

    thread.interrupt();

    assertThatThrownBy(() -> joining.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertNmcliEnds();
  }

  @Test
  void nmcliIsFoundThroughThePath() throws Exception {
    nmcli("exit 0");
    String path = "/nonexistent" + File.pathSeparator + folder;

    assertThat(WifiLink.findNmcli(path)).isEqualTo(folder.resolve("nmcli"));
  }

  @Test
  void anNmcliThatIsNotInstalledIsMissingEquipment() {
    assertThatThrownBy(() -> WifiLink.findNmcli(folder.toString()))
        .isInstanceOf(MissingEquipmentException.class)
        .hasMessageStartingWith("nmcli is not installed: install NetworkManager");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a name of more than thirty-two bytes", "一二三四五六七八九十一"})
  void aNameThatNoNetworkCanHaveIsRefused(String ssid) throws Exception {
    nmcli("exit 0");

    assertThatThrownBy(() -> wifi(ssid, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a Wi-Fi network's name is 1 to 32 bytes long, not ");
  }

  @Test
  void aPasswordOfTwoLinesIsRefused() throws Exception {
    nmcli("exit 0");

    assertThatThrownBy(() -> wifi("01Studio", null, "one\ntwo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a Wi-Fi password has no line break");
  }

  /** Writes the script, which notes its arguments, one a line. */
  private void nmcli(String... lines) throws IOException {
    Path script = folder.resolve("nmcli");
    String head = "#!/bin/sh\nprintf '%s\\n' \"$@\" >" + folder + "/arguments\n";
    Files.writeString(script, head + String.join("\n", lines) + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private WifiLink wifi(String ssid, @Nullable String interfaceName, @Nullable String password) {
    NetworkLink link =
        new HostLink(Address.parse("tcp://127.0.0.1:1"), LocalEnd.ANY, interfaceName, Path.of("/"));
    return new WifiLink(link, folder.resolve("nmcli"), ssid, interfaceName, password);
  }

  /** Of this process, those that run. */
  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  private void assertNmcliEnds() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    await("the end of nmcli")
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }
}
