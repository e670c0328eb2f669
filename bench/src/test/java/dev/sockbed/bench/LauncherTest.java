package dev.sockbed.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a checkout of its own, with a JDK and a Maven that are small scripts: so that
 * what it looks for, builds and passes on can be seen.
 */
final class LauncherTest {
  private static final String ECHO_ARGUMENTS =
      """
      #!/bin/sh
      case "$*" in *AOTCacheOutput*) exit 0 ;; esac
      for argument in "$@"; do echo "argument: $argument"; done
      """;

  private static final String BUILDING_MAVEN =
      """
      #!/bin/sh
      echo "built with JAVA_HOME=$JAVA_HOME" >> "$CHECKOUT/maven.calls"
      mkdir -p "$CHECKOUT/bench/target" && touch "$CHECKOUT/bench/target/sockbed.jar"
      """;

  @TempDir private Path folder;
  private Path checkout;
  private Path programs;

  @BeforeEach
  void layOutACheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("check out")); // A space, as people have.
    programs = Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(checkout.resolve("bench/src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("bench/pom.xml"), "<project/>");
    script(checkout.resolve("sockbed"), Files.readString(launcher()));
    script(programs.resolve("mvn"), BUILDING_MAVEN);
  }

  @Test
  void aNewEnoughJdkIsFoundAmongOlderOnesAndAllArgumentsReachIt() throws Exception {
    jdk("jdks/17", "17.0.15", ECHO_ARGUMENTS);
    jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    Run run = run("load", "two words", "--rate", "*", "");

    assertThat(run.status).isZero();
    assertThat(run.output)
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
                .formatted(checkout.resolve("bench/target/sockbed.jar").toRealPath()));
    assertThat(mavenCalls()).contains("jdks/25").doesNotContain("jdks/17");
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    Path home = jdk("home", "26", "#!/bin/sh\necho from JAVA_HOME\n");

    Run run = run(Map.of("JAVA_HOME", home.toString()), "--version");

    assertThat(run.output).contains("from JAVA_HOME");
  }

  @Test
  void withoutANewEnoughJdkOneLineSaysHowToGetOne() throws Exception {
    jdk("jdks/17", "17.0.15", ECHO_ARGUMENTS);

    Run run = run("--version");

    assertThat(run.status).isEqualTo(4);
    assertThat(run.output).isEmpty();
    assertThat(run.errors.lines()).hasSize(1);
    assertThat(run.errors).contains("no JDK 25").contains("JAVA_HOME");
  }

  @Test
  void itBuildsOnFirstUseAndAgainOnlyWhenASourceIsNewer() throws Exception {
    jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    assertThat(run("--version").errors).contains("building");
    assertThat(run("--version").errors).isEmpty();
    assertThat(mavenCalls().lines()).hasSize(1);

    Path source = Files.writeString(checkout.resolve("bench/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    assertThat(run("--version").errors).contains("building");
    assertThat(mavenCalls().lines()).hasSize(2);
  }

  @Test
  void aBuildErrorIsShownAndNothingRuns() throws Exception {
    jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    script(programs.resolve("mvn"), "#!/bin/sh\necho 'Foo.java:[3,1] not a statement'; exit 1\n");

    Run run = run("--version");

    assertThat(run.status).isEqualTo(4);
    assertThat(run.output).isEmpty();
    assertThat(run.errors).contains("Foo.java:[3,1] not a statement", "the build failed");
    assertThat(checkout.resolve("bench/target/sockbed.lock")).doesNotExist();
  }

  @Test
  void theLockOfALauncherThatWasKilledIsTakenOver() throws Exception {
    jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    Process ended = new ProcessBuilder("true").start();
    assertThat(ended.waitFor()).isZero();
    Path lock = Files.createDirectories(checkout.resolve("bench/target/sockbed.lock"));
    Files.writeString(lock.resolve("pid"), ended.pid() + "\n");

    assertThat(run("--version").status).isZero();
    assertThat(mavenCalls().lines()).hasSize(1);
  }

  @Test
  void theExitStatusIsTheProgramsOwn() throws Exception {
    jdk(
        "jdks/25",
        "25.0.3",
        "#!/bin/sh\ncase \"$*\" in *AOTCacheOutput*) exit 0 ;; esac\nexit 3\n");

    assertThat(run("talk").status).isEqualTo(3);
  }

  @Test
  void aSignalReachesTheProgramItself() throws Exception {
    jdk(
        "jdks/25",
        "25.0.3",
        """
        #!/bin/sh
        case "$*" in *AOTCacheOutput*) exit 0 ;; esac
        trap 'echo stopped; exit 42' TERM
        echo ready
        while :; do sleep 0.05; done
        """);
    Process process = start(Map.of(), "serve");
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
    jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    Path link = Files.createSymbolicLink(programs.resolve("sockbed"), checkout.resolve("sockbed"));

    Process process = environment(new ProcessBuilder(link.toString(), "x"), Map.of()).start();

    assertThat(Run.of(process).output).contains("argument: x");
  }

  private record Run(int status, String output, String errors) {
    static Run of(Process process) throws IOException, InterruptedException {
      // Small outputs, which the pipes hold: the order of reading does not matter.
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
      return new Run(process.waitFor(), output, errors);
    }
  }

  private Run run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Run run(Map<String, String> variables, String... arguments) throws Exception {
    return Run.of(start(variables, arguments));
  }

  private Process start(Map<String, String> variables, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(checkout.resolve("sockbed").toString());
    builder.command().addAll(List.of(arguments));
    return environment(builder, variables).start();
  }

  private ProcessBuilder environment(ProcessBuilder builder, Map<String, String> variables) {
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SOCKBED_"));
    environment.remove("JAVA_HOME");
    environment.put("PATH", programs + ":" + toolsWithoutJava());
    environment.put("HOME", folder.toString());
    environment.put("CHECKOUT", checkout.toString());
    environment.put("SOCKBED_JDK_PATH", folder.resolve("jdks").toString());
    environment.putAll(variables);
    return builder;
  }

  /** A folder with the few tools that the launcher calls, and no javac. */
  private String toolsWithoutJava() {
    Path tools = folder.resolve("tools");
    if (Files.exists(tools)) {
      return tools.toString();
    }
    try {
      Files.createDirectories(tools);
      for (String tool :
          List.of("cat", "find", "head", "mkdir", "mv", "readlink", "rm", "sh", "sleep", "touch")) {
        Path found =
            Stream.of("/usr/bin", "/bin")
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        script(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tools.toString();
  }

  private Path jdk(String name, String version, String java) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/java"), java);
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private String mavenCalls() throws IOException {
    return Files.readString(checkout.resolve("maven.calls"));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The launcher of this checkout: tests run in the module's folder. */
  private static Path launcher() {
    return Path.of("..", "sockbed");
  }
}
