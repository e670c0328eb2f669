package dev.sockbed.bench.link.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Emulated links for who may not make networks. Who runs the tests may be root, so the programs are
 * started without any of root's capabilities.
 */
@EnabledOnOs(OS.LINUX)
@Tag("process")
class LinkPermissionTest {
  private static final Duration A_QUICK_RUN_ON_A_BUSY_MACHINE = Duration.ofMinutes(2);

  /**
   * Also a user 0 is nobody special then, and can't become so. The one capability that is left is
   * what the system asks of a user 0, and of nobody else, who wants a user namespace.
   */
  private static final List<String> WITHOUT_CAPABILITIES =
      List.of(
          "setpriv",
          "--securebits=+noroot,+noroot_locked",
          "--inh-caps=-all,+setfcap",
          "--ambient-caps=-all,+setfcap",
          "--bounding-set=-all,+setfcap",
          "--");

  @TempDir private Path folder;

  @BeforeEach
  void capabilitiesCanBeGivenUp() {
    Peer.require("setpriv");
    Peer.require("unshare");
    if (isRoot()) {
      try (Peer trial = Peer.start(command(List.of(), "true"))) {
        assumeThat(trial.awaitExit()).as("setpriv works: " + trial.errors()).isZero();
      }
    }
  }

  @Test
  void aRealLinkIsRefusedInOneLineThatSaysWhatToDo() {
    try (Peer link =
        unprivileged(
            List.of(),
            "link",
            "--listen",
            "udp://127.0.0.1:0",
            "--to",
            "udp://127.0.0.1:9",
            "--link-mode",
            "tun")) {
      assertThat(link.awaitExit()).isEqualTo(4);
      assertThat(link.errors())
          .hasLineCount(1)
          .startsWith("sockbed link: can't make a network namespace: ")
          .contains("run it as root", "unshare -Ur", "--link-mode relay");
      assertThat(link.output()).isEmpty();
    }
  }

  @Test
  void aShellIsRefusedToo() {
    try (Peer link = unprivileged(List.of(), "link", "shell", "--", "true")) {
      assertThat(link.awaitExit()).isEqualTo(4);
      assertThat(link.errors())
          .hasLineCount(1)
          .contains("unshare -Ur")
          .doesNotContain("--link-mode relay");
    }
  }

  @Test
  void aComparisonOverRealLinksIsRefusedBeforeItMeasuresAnything() {
    try (Peer compare = unprivileged(List.of(), "compare", "--quick", "--link-mode", "tun")) {
      assertThat(compare.awaitExit()).isEqualTo(4);
      assertThat(compare.errors())
          .hasLineCount(1)
          .startsWith("sockbed compare: can't make a network namespace: ")
          .endsWith("; or use --link-mode relay\n");
      assertThat(compare.output()).isEmpty();
    }
  }

  @Test
  void whoMayNotOpenTheDeviceIsNotSentIntoAUserNamespace() {
    Peer.require("strace");
    assumeThat(isRoot()).isTrue();
    String[] strace =
        "strace -f -qq -o /dev/null -P /dev/net/tun -e trace=openat -e inject=openat:error=EACCES"
            .split(" ");
    List<String> command = new ArrayList<>(List.of(strace));
    command.addAll(List.of(SockbedProcess.command("link", "shell", "--", "true")));
    try (Peer link = Peer.start(command.toArray(String[]::new))) {
      assertThat(link.awaitExit()).isEqualTo(4);
      assertThat(link.errors())
          .hasLineCount(1)
          .startsWith("sockbed link shell: can't open /dev/net/tun: Permission denied; ")
          .contains("modprobe tun", "chmod 666 /dev/net/tun", "as root")
          .doesNotContain("unshare");
    }
  }

  @Test
  void aRelayStillWorks() {
    try (Peer link =
        unprivileged(
            List.of(),
            "link",
            "--listen",
            "udp://127.0.0.1:0",
            "--to",
            "udp://127.0.0.1:9",
            "--loss",
            "1%",
            "--duration",
            "100ms")) {
      assertThat(link.awaitExit()).as(link.errors()).isZero();
      assertThat(link.output()).contains(": relay, loss=1%");
    }
  }

  @Test
  void aComparisonSaysWhichItUsed() throws Exception {
    Path json = folder.resolve("result.json");
    try (Peer compare =
        unprivileged(
            List.of(), "compare", "--quick", "--only", "link", "--json", json.toString())) {
      assertThat(ends(compare)).as(compare.errors()).isZero();
      assertThat(compare.errors())
          .contains("warning: a relay is used: can't make a network namespace: ");
      assertThat(compare.output().replaceAll("\\s+", " "))
          .contains("A relay stood between the two ends, which can't lose a TCP segment");
    }
    assertThat(ResultsFile.read(json).cells())
        .isNotEmpty()
        .extracting(Cell::detail)
        .allSatisfy(detail ->
            assertThat(detail)
                .isInstanceOfSatisfying(
                    LinkDetail.class, link -> assertThat(link.mode()).isEqualTo("relay")));
  }

  @Test
  void inAUserNamespaceLinksAreReal() {
    List<String> userNamespace = List.of("unshare", "-Ur", "--");
    try (Peer trial = Peer.start(command(userNamespace, "test", "-w", "/dev/net/tun"))) {
      assumeThat(trial.awaitExit()).as("may have a user namespace and /dev/net/tun").isZero();
    }
    try (Peer shell =
        unprivileged(userNamespace, "link", "shell", "--", "sh", "-c", "ip -br addr; exit 7")) {
      assertThat(shell.awaitExit()).as(shell.errors()).isEqualTo(7);
      assertThat(shell.output()).contains("198.18.0.1/30");
    }
  }

  private static Peer unprivileged(List<String> wrapper, Object... arguments) {
    return Peer.start(command(wrapper, SockbedProcess.command(arguments)));
  }

  private static String[] command(List<String> wrapper, String... program) {
    List<String> command = new ArrayList<>(isRoot() ? WITHOUT_CAPABILITIES : List.of());
    command.addAll(wrapper);
    command.addAll(Arrays.asList(program));
    return command.toArray(String[]::new);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int ends(Peer compare) throws InterruptedException {
    assertThat(
            compare.process().waitFor(A_QUICK_RUN_ON_A_BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS))
        .isTrue();
    return compare.awaitExit();
  }
}
