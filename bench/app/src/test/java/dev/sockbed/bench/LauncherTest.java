package dev.sockbed.bench;

import static dev.sockbed.bench.LaunchedCheckout.ECHO_ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher looks for, builds and passes on. */
@Tag("process")
final class LauncherTest {
  /** As the real one: what follows the flags is run. */
  private static final String UNSHARE =
      """
      #!/bin/sh
      [ "$1" = -Ur ] || exit 2
      shift
      [ "$1" = true ] && exit 0
      echo "in a user namespace"
      exec "$@"
      """;

  @TempDir private Path folder;
  private LaunchedCheckout checkout;

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = LaunchedCheckout.in(folder);
  }

  @Test
  void aNewEnoughJdkIsFoundAmongOlderOnesAndAllArgumentsReachIt() throws Exception {
    checkout.jdk("jdks/17", "17.0.15", ECHO_ARGUMENTS);
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    LaunchedCheckout.Run run = checkout.run("load", "two words", "--rate", "*", "");

    assertThat(run.status()).isZero();
    assertThat(run.output())
        .endsWith(
            """
            argument: -jar
            argument: %s
            argument: load
            argument: two words
            argument: --rate
            argument: *
            argument:\040
            """
                .formatted(checkout.path("bench/target/sockbed.jar").toRealPath()));
    assertThat(checkout.mavenCalls()).contains("jdks/25").doesNotContain("jdks/17");
  }

  @Test
  void theJvmGetsTheFlagsOfTheFileThatAllOurJvmsRead() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    assertThat(checkout.run("--version").output())
        .startsWith(
            "argument: @" + checkout.path(LaunchedCheckout.FLAGS).toRealPath() + "\nargument: ");
  }

  @Test
  void theJavaThatItFindsRunsAUsersOwnProgramWithOurClasses() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    LaunchedCheckout.Run run = checkout.run("--java", "TcpHello.java", "two words");

    assertThat(run.status()).isZero();
    assertThat(run.output())
        .isEqualTo(
            """
            argument: @%s
            argument: -cp
            argument: %s
            argument: TcpHello.java
            argument: two words
            """
                .formatted(
                    checkout.path(LaunchedCheckout.FLAGS).toRealPath(),
                    checkout.path("bench/target/sockbed.jar").toRealPath()));
    assertThat(run.errors()).contains("building");
  }

  @Test
  void aUsersOwnProgramDoesNotWaitForANewBuild() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    checkout.run("--version");
    Path source = Files.writeString(checkout.path("bench/app/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

    assertThat(checkout.run("--java", "TcpHello.java").errors()).isEmpty();
    assertThat(checkout.mavenCalls().lines()).hasSize(1);
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    Path home = checkout.jdk("home", "26", "#!/bin/sh\necho from JAVA_HOME\n");

    LaunchedCheckout.Run run = checkout.run(Map.of("JAVA_HOME", home.toString()), "--version");

    assertThat(run.output()).contains("from JAVA_HOME");
  }

  @Test
  void withoutANewEnoughJdkOneLineSaysHowToGetOne() throws Exception {
    checkout.jdk("jdks/17", "17.0.15", ECHO_ARGUMENTS);

    LaunchedCheckout.Run run = checkout.run("--version");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors().lines()).hasSize(1);
    assertThat(run.errors()).contains("no JDK 25").contains("JAVA_HOME");
  }

  @Test
  void itBuildsOnFirstUseAndAgainOnlyWhenASourceIsNewer() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    assertThat(checkout.run("--version").errors()).contains("building");
    assertThat(checkout.run("--version").errors()).isEmpty();
    assertThat(checkout.mavenCalls().lines()).hasSize(1);

    Path source = Files.writeString(checkout.path("bench/app/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(checkout.run("--version").errors()).contains("building");
    assertThat(checkout.mavenCalls().lines()).hasSize(2);
  }

  @Test
  void classesAreCachedOnceForEachJarAlsoWhenMavenAloneMadeIt() throws Exception {
    checkout.jdk(
        "jdks/25",
        "25.0.3",
        """
        #!/bin/sh
        for argument in "$@"; do
          case $argument in
            -XX:AOTCacheOutput=*) echo made > "${argument#*=}"; echo >> "$CHECKOUT/caches" ;;
            -XX:AOTCache=*) echo "cached: $(cat "${argument#*=}")" ;;
          esac
        done
        """);
    Path jar = checkout.path("bench/target/sockbed.jar");

    assertThat(checkout.run("--version").output()).isEqualTo("cached: made\n");
    assertThat(checkout.run("--version").output()).isEqualTo("cached: made\n");
    assertThat(checkout.path("caches")).hasContent("\n");

    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(checkout.run("--version").output()).isEqualTo("cached: made\n");
    assertThat(checkout.path("caches")).hasContent("\n\n");
    assertThat(checkout.mavenCalls().lines()).hasSize(1);
  }

  @Test
  void aJdkThatCanNotCacheIsAskedOnce() throws Exception {
    checkout.jdk(
        "jdks/25",
        "25.0.3",
        """
        #!/bin/sh
        case "$*" in
          *AOTCacheOutput*) echo >> "$CHECKOUT/caches"; exit 1 ;;
          *AOTCache*) echo cached ;;
        esac
        """);

    assertThat(checkout.run("--version").output()).isEmpty();
    assertThat(checkout.run("--version").output()).isEmpty();
    assertThat(checkout.path("caches")).hasContent("\n");
  }

  @Test
  void theExitStatusIsTheProgramsOwn() throws Exception {
    checkout.jdk(
        "jdks/25",
        "25.0.3",
        "#!/bin/sh\ncase \"$*\" in *AOTCacheOutput*) exit 0 ;; esac\nexit 3\n");

    assertThat(checkout.run("talk").status()).isEqualTo(3);
  }

  @Test
  void aSignalReachesTheProgramItself() throws Exception {
    checkout.jdk(
        "jdks/25",
        "25.0.3",
        """
        #!/bin/sh
        case "$*" in *AOTCacheOutput*) exit 0 ;; esac
        trap 'echo stopped; exit 42' TERM
        echo ready
        while [ -e "$0" ]; do sleep 0.05; done
        """);
    Process process = checkout.start(Map.of(), "serve");
    try (var lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("ready");
      process.toHandle().destroy();
      assertThat(lines.readLine()).isEqualTo("stopped");
    }
    await().atMost(Peer.PATIENCE).until(() -> !process.isAlive());
    assertThat(process.exitValue()).isEqualTo(42);
  }

  @Test
  void itWorksThroughALinkFromAnotherFolder() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    Path link = Files.createSymbolicLink(folder.resolve("linked"), checkout.path("sockbed"));

    assertThat(checkout.runAs(link, "x").output()).contains("argument: x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"link --help", "compare --quick", "bench --links", "bench -v --link --json"})
  void whoIsNotRootGetsAUserNamespaceForLinks(String command) throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    checkout.program("id", "#!/bin/sh\necho 1000\n");
    checkout.program("unshare", UNSHARE);
    String[] words = command.split(" ", -1);

    LaunchedCheckout.Run run = checkout.run(words);

    assertThat(run.status()).isZero();
    assertThat(run.output()).startsWith("in a user namespace\nargument: ");
    assertThat(run.output()).endsWith("argument: " + String.join("\nargument: ", words) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "bench --peers", "bench", "", "talk --link"})
  void otherCommandsGetNone(String command) throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    checkout.program("id", "#!/bin/sh\necho 1000\n");
    checkout.program("unshare", UNSHARE);

    assertThat(checkout.run(command.split(" ", -1)).output()).startsWith("argument: ");
  }

  @Test
  void aHomeIsNotNeeded() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    assertThat(checkout.runWithout("HOME", "x").output()).endsWith("argument: x\n");
  }

  @Test
  void whereUserNamespacesAreDeniedTheProgramRunsWithoutOne() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    checkout.program("id", "#!/bin/sh\necho 1000\n");
    checkout.program("unshare", "#!/bin/sh\necho 'unshare failed' >&2\nexit 1\n");

    LaunchedCheckout.Run run = checkout.run("link", "--help");

    assertThat(run.status()).isZero();
    assertThat(run.output())
        .startsWith("argument: ")
        .endsWith("argument: link\nargument: --help\n");
    assertThat(run.errors()).doesNotContain("unshare failed");
  }

  @Test
  void rootNeedsNoUserNamespace() throws Exception {
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    checkout.program("id", "#!/bin/sh\necho 0\n");
    checkout.program("unshare", UNSHARE);

    assertThat(checkout.run("link").output()).startsWith("argument: ");
  }
}
