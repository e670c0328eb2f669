package dev.sockbed.bench;

import static dev.sockbed.bench.LaunchedCheckout.BUILDING_MAVEN;
import static dev.sockbed.bench.LaunchedCheckout.ECHO_ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the launcher builds: what it says, one build at a time, and what ends it. */
@Tag("process")
final class LauncherBuildTest {
  private static final String LOCK = "bench/target/sockbed.building";

  /** Says that it builds, and then does so for ever; tells how it was ended. */
  private static final String ENDLESS_MAVEN =
      """
      #!/bin/sh
      trap 'echo ended >> "$CHECKOUT/maven.calls"; exit 1' TERM
      trap '' INT
      echo building >> "$CHECKOUT/maven.calls"
      while [ -e "$0" ]; do sleep 0.05; done
      """;

  @TempDir private Path folder;
  private LaunchedCheckout checkout;

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = LaunchedCheckout.in(folder);
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
  }

  @Test
  void aBuildErrorIsShownAndNothingRuns() throws Exception {
    checkout.program("mvn", "#!/bin/sh\necho 'Foo.java:[3,1] not a statement'; exit 1\n");

    LaunchedCheckout.Run run = checkout.run("--version");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors()).contains("Foo.java:[3,1] not a statement", "the build failed");
    assertThat(checkout.path(LOCK)).doesNotExist();
  }

  @Test
  void theFirstBuildSaysHowLongItTakesAndThatItIsDoneOnce() throws Exception {
    assertThat(checkout.run("--version").errors())
        .hasLineCount(1)
        .contains("building, once", "two minutes");

    Path source = Files.writeString(checkout.path("bench/app/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(checkout.run("--version").errors())
        .hasLineCount(1)
        .contains("building again", "sources have changed");
  }

  @Test
  void withoutMavenTheCheckoutsOwnIsTaken() throws Exception {
    Files.delete(folder.resolve("bin/mvn"));

    assertThat(checkout.run("--version").status()).isEqualTo(4);
    Files.writeString(checkout.path("mvnw"), BUILDING_MAVEN);
    Files.setPosixFilePermissions(
        checkout.path("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(checkout.run("--version").status()).isZero();
    assertThat(checkout.mavenCalls().lines()).hasSize(1);
  }

  @Test
  void whoMayNotWriteWhereItIsBuiltIsTold() throws Exception {
    Path target = Files.createDirectory(checkout.path("bench/target"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    LaunchedCheckout.Run run = checkout.runAsNobody("--version");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors())
        .hasLineCount(1)
        .contains("must be built first", "may not write to " + target.toRealPath());
  }

  @Test
  void aSecondLauncherSaysWhoseBuildItWaitsForAndThenFindsNothingToDo() throws Exception {
    checkout.program(
        "mvn",
        BUILDING_MAVEN
            + """
            while [ -e "$0" ] && [ ! -e "$CHECKOUT/go" ]; do sleep 0.05; done
            """);
    Process first = checkout.start(Map.of(), "first");
    awaitCalls(1);
    Process second = checkout.start(Map.of(), "second");
    try (BufferedReader errors = second.errorReader()) {
      assertThat(errors.readLine()).contains("waiting for the build", "process " + first.pid());
      Files.createFile(checkout.path("go"));
      assertThat(errors.readLine()).isNull();
    }
    assertThat(LaunchedCheckout.Run.of(first).output()).endsWith("argument: first\n");
    assertThat(second.waitFor()).isZero();
    assertThat(checkout.mavenCalls().lines()).hasSize(1);
  }

  @Test
  void theLockOfALauncherThatWasKilledIsTakenOver() throws Exception {
    checkout.program("mvn", ENDLESS_MAVEN);
    Process killed = checkout.start(Map.of(), "killed");
    awaitCalls(1);
    List<ProcessHandle> itsMaven = killed.descendants().toList();
    killed.destroyForcibly().waitFor();
    assertThat(Files.isSymbolicLink(checkout.path(LOCK))).isTrue();

    checkout.program("mvn", BUILDING_MAVEN);
    assertThat(checkout.run("--version").status()).isZero();
    assertThat(checkout.path(LOCK)).doesNotExist();
    itsMaven.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aLockThatAnotherMakesDuringATakeoverIsPutBack() throws Exception {
    Files.createDirectories(checkout.path("bench/target"));
    Files.createSymbolicLink(checkout.path(LOCK), Path.of("999999999.1"));
    // Just before this launcher moves the dead lock, another has done so and made its own.
    checkout.program(
        "mv",
        """
        #!/bin/sh
        case $1 in
          *.building)
            /bin/rm "$1"
            /bin/ln -s "$(cat "$CHECKOUT/living")" "$1"
            ;;
        esac
        exec /bin/mv "$@"
        """);
    checkout.program("sleep", "#!/bin/sh\n"); // Seconds that are over at once.
    String living = ProcessHandle.current().pid() + "." + beginning();
    Files.writeString(checkout.path("living"), living);

    LaunchedCheckout.Run run = checkout.run("--version");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.errors()).contains("waited 15 minutes");
    assertThat(Files.readSymbolicLink(checkout.path(LOCK))).hasToString(living);
    assertThat(checkout.path("maven.calls")).doesNotExist();
  }

  /** When this process began, in the 22nd field of what Linux tells of it. */
  private static String beginning() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
  }

  @Test
  void aProcessThatGotTheNumberOfAKilledLauncherIsNotWaitedFor() throws Exception {
    Files.createDirectories(checkout.path("bench/target"));
    Files.createSymbolicLink(checkout.path(LOCK), Path.of(ProcessHandle.current().pid() + ".1"));

    LaunchedCheckout.Run run = checkout.run("--version");

    assertThat(run.status()).isZero();
    assertThat(run.errors()).doesNotContain("waiting").contains("building");
  }

  @Test
  void waitingHasABound() throws Exception {
    checkout.program("mvn", ENDLESS_MAVEN);
    Process first = checkout.start(Map.of(), "first");
    awaitCalls(1);
    try {
      checkout.program("sleep", "#!/bin/sh\n"); // Seconds that are over at once.
      LaunchedCheckout.Run run = checkout.run("second");

      assertThat(run.status()).isEqualTo(4);
      assertThat(run.errors().lines().toList())
          .hasSize(2)
          .last()
          .asString()
          .contains("waited 15 minutes", "process " + first.pid(), "remove", LOCK);
    } finally {
      first.destroy();
      assertThat(first.waitFor(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aLockThatCanNotBeMadeIsAnError() throws Exception {
    checkout.program("ln", "#!/bin/sh\necho 'ln: no links here' >&2; exit 1\n");

    LaunchedCheckout.Run run = checkout.run("--version");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.errors()).hasLineCount(1).contains("ln: no links here");
  }

  @ParameterizedTest
  @CsvSource({"HUP,129", "INT,130", "TERM,143"})
  void aSignalEndsTheBuildAtOnceAndLeavesNoLock(String signal, int status) throws Exception {
    checkout.program("mvn", ENDLESS_MAVEN);
    Process launcher = checkout.start(Map.of(), "serve");
    awaitCalls(1);

    new ProcessBuilder("kill", "-" + signal, String.valueOf(launcher.pid())).start().waitFor();

    assertThat(launcher.waitFor(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(status);
    assertThat(checkout.mavenCalls()).isEqualTo("building\nended\n");
    assertThat(Files.isSymbolicLink(checkout.path(LOCK))).isFalse();
    assertThat(launcher.inputReader().readLine()).isNull();
  }

  @Test
  void aSignalWhileClassesAreCachedLeavesNoPartOfTheCache() throws Exception {
    checkout.jdk(
        "jdks/25",
        "25.0.3",
        """
        #!/bin/sh
        for argument in "$@"; do
          case $argument in
            -XX:AOTCacheOutput=*) echo part > "${argument#*=}" ;;
          esac
        done
        echo caching >> "$CHECKOUT/maven.calls"
        while [ -e "$0" ]; do sleep 0.05; done
        """);
    Process launcher = checkout.start(Map.of(), "serve");
    awaitCalls(2);

    launcher.destroy();

    assertThat(launcher.waitFor(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(143);
    try (Stream<Path> left = Files.list(checkout.path("bench/target"))) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains(".aot"));
    }
  }

  private void awaitCalls(int calls) {
    await()
        .atMost(Peer.PATIENCE)
        .ignoreExceptions()
        .until(() -> checkout.mavenCalls().lines().count() == calls);
  }
}
