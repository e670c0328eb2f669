package dev.sockbed.bench;

import static dev.sockbed.bench.LaunchedCheckout.ECHO_ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the launcher does the same wherever it stands and whatever its caller's shell exports. */
@Tag("process")
final class LauncherSurroundingsTest {
  private static final List<List<String>> SHELLS =
      List.of(List.of(), List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"));

  private static final List<Map<String, String>> EXPORTS =
      List.of(
          Map.of("CDPATH", "."),
          Map.of("CDPATH", ".."),
          Map.of("IFS", "/"),
          Map.of("ENV", "/nonexistent", "BASH_ENV", "/nonexistent"),
          Map.of("POSIXLY_CORRECT", "1"),
          Map.of("SHELLOPTS", "noclobber:noglob"),
          Map.of("BASH_FUNC_cd%%", "() { builtin cd \"$@\" && pwd && echo here; }"),
          Map.of("BASH_FUNC_find%%", "() { echo found; }"),
          Map.of("JAVA_TOOL_OPTIONS", "-Dx=y", "CLASSPATH", "/nonexistent"));

  /** A {@code locale} that knows de_DE in two encodings, and says so of any other name's. */
  private static final String LOCALE =
      """
      #!/bin/sh
      case ${LC_ALL:-${LC_CTYPE:-$LANG}} in
        de_DE.UTF-8 | C.UTF-8 | ar_EG.utf8) echo UTF-8 ;;
        de_DE) echo ISO-8859-1 ;;
        *) echo "locale: no such locale" >&2; echo ANSI_X3.4-1968 ;;
      esac
      """;

  @TempDir private Path folder;

  static Stream<Arguments> shellsAndExports() {
    return SHELLS.stream()
        .filter(shell -> shell.isEmpty() || Files.isExecutable(Path.of("/usr/bin", shell.get(0))))
        .flatMap(shell -> EXPORTS.stream().map(exports -> Arguments.of(shell, exports)));
  }

  @ParameterizedTest
  @MethodSource("shellsAndExports")
  void whatTheCallersShellExportsChangesNothing(List<String> shell, Map<String, String> exports)
      throws Exception {
    LaunchedCheckout checkout = LaunchedCheckout.in(folder);
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    List<Path> before = everythingIn(folder);

    for (int start = 1; start <= 2; start++) {
      LaunchedCheckout.Run run = run(checkout, shell, exports, "check out/sockbed", "a b", "*");

      assertThat(run.status()).as(run.errors()).isZero();
      assertThat(run.output())
          .endsWith(
              "argument: %s\nargument: a b\nargument: *\n"
                  .formatted(checkout.path("bench/target/sockbed.jar").toRealPath()));
    }
    assertThat(checkout.mavenCalls().lines()).hasSize(1);
    assertThat(everythingIn(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-check", "gäste 中", "a'b\"c$d", "tr#x;y", "100%"})
  void aCheckoutMayHaveAnyName(String name) throws Exception {
    LaunchedCheckout checkout = LaunchedCheckout.in(folder, name);
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);

    LaunchedCheckout.Run run =
        run(checkout, List.of(), Map.of("LC_ALL", "C"), "./" + name + "/sockbed", "x");

    assertThat(run.status()).as(run.errors()).isZero();
    assertThat(run.output()).endsWith("/" + name + "/bench/target/sockbed.jar\nargument: x\n");
  }

  @Test
  void aFolderThatWasRemovedIsToldInOneLine() throws Exception {
    LaunchedCheckout checkout = LaunchedCheckout.in(folder);
    checkout.jdk("jdks/25", "25.0.3", ECHO_ARGUMENTS);
    Files.createDirectory(folder.resolve("gone"));
    List<String> fromThere =
        List.of("sh", "-c", "cd gone && /bin/rmdir ../gone && exec \"$0\" \"$@\"");

    LaunchedCheckout.Run run =
        run(checkout, fromThere, Map.of(), checkout.path("sockbed").toString(), "x");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.output()).isEmpty();
    // The shell itself may complain first.
    assertThat(run.errors().lines().filter(line -> line.startsWith("sockbed")))
        .singleElement()
        .asString()
        .contains("folder", "no longer exists");
  }

  /**
   * Each closed one is listed; input is empty then, and output fails instead of going elsewhere.
   */
  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"})
  void descriptorsThatAreClosedAreNotLeftToTheJvmsOwnFiles(String closed) throws Exception {
    for (List<String> shell : SHELLS) {
      if (!shell.isEmpty() && !Files.isExecutable(Path.of("/usr/bin", shell.getFirst()))) {
        continue;
      }
      Path place = Files.createTempDirectory(folder, "shell");
      LaunchedCheckout checkout = LaunchedCheckout.in(place);
      checkout.jdk(
          "jdks/25",
          "25.0.3",
          """
          #!/bin/sh
          case "$*" in *AOTCacheOutput*) exit 0 ;; esac
          exec 3>"$CHECKOUT/descriptors"
          for number in 0 1 2; do echo "$number $(readlink /proc/$$/fd/$number)" >&3; done
          { echo printed; } 2>/dev/null || echo "can't print" >&3
          """);
      List<String> closing =
          Stream.concat(Stream.of("sh", "-c", "exec \"$0\" \"$@\" " + closed), shell.stream())
              .toList();

      run(checkout, closing, Map.of(), checkout.path("sockbed").toString(), "x");

      List<String> found = Files.readAllLines(checkout.path("descriptors"));
      assertThat(found.contains("0 /dev/null")).isEqualTo(closed.contains("<"));
      assertThat(found.contains("1 /dev/null")).isEqualTo(closed.matches("(.* )?>&-.*"));
      if (!shell.contains("bash")) { // Which reads the launcher itself through descriptor 2 then.
        assertThat(found.contains("2 /dev/null")).isEqualTo(closed.contains("2>"));
      }
      assertThat(found.contains("can't print")).isEqualTo(closed.matches("(.* )?>&-.*"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', C.UTF-8",
    "C, '', de_DE.UTF-8, C.UTF-8",
    "POSIX, '', '', C.UTF-8",
    "'', C, de_DE.UTF-8, C.UTF-8",
    "'', '', de_DE, C.UTF-8",
    "'', '', tr_TR.UTF-8, C.UTF-8",
    "de_DE.UTF-8, '', '', de_DE.UTF-8",
    "'', de_DE.UTF-8, C, ''",
    "'', '', ar_EG.utf8, ''",
  })
  void theJvmHasALocaleWhoseEncodingIsUtf8(String all, String type, String lang, String seen)
      throws Exception {
    LaunchedCheckout checkout = LaunchedCheckout.in(folder);
    checkout.program("locale", LOCALE);
    assertThat(localeOfTheJvm(checkout, all, type, lang)).isEqualTo("locale: " + seen + "\n");
  }

  @Test
  void withoutTheProgramThatTellsALocaleItsNameIsBelieved() throws Exception {
    LaunchedCheckout checkout = LaunchedCheckout.in(folder);

    assertThat(localeOfTheJvm(checkout, "", "", "tr_TR.UTF-8")).isEqualTo("locale: \n");
    assertThat(localeOfTheJvm(checkout, "", "", "tr_TR")).isEqualTo("locale: C.UTF-8\n");
  }

  private static String localeOfTheJvm(
      LaunchedCheckout checkout, String all, String type, String lang) throws Exception {
    checkout.jdk(
        "jdks/25",
        "25.0.3",
        "#!/bin/sh\ncase \"$*\" in *AOTCacheOutput*) exit 0 ;; esac\necho \"locale: $LC_ALL\"\n");
    LaunchedCheckout.Run run =
        run(
            checkout,
            List.of(),
            Map.of("LC_ALL", all, "LC_CTYPE", type, "LANG", lang),
            checkout.path("sockbed").toString());
    assertThat(run.status()).as(run.errors()).isZero();
    return run.output();
  }

  private static LaunchedCheckout.Run run(
      LaunchedCheckout checkout,
      List<String> shell,
      Map<String, String> variables,
      String... command)
      throws Exception {
    String[] arguments = Stream.of(command).skip(1).toArray(String[]::new);
    ProcessBuilder builder = checkout.underShell(inFull(shell), command[0], arguments);
    builder.environment().putAll(variables);
    return LaunchedCheckout.Run.of(builder.directory(checkout.folder().toFile()).start());
  }

  /** The shell is looked for where the launcher would not see it. */
  private static List<String> inFull(List<String> shell) {
    return shell.stream()
        .map(word -> word.matches("sh|dash|bash|busybox") ? fullPath(word) : word)
        .toList();
  }

  private static String fullPath(String shell) {
    Peer.require(shell);
    return Files.isExecutable(Path.of("/usr/bin", shell)) ? "/usr/bin/" + shell : "/bin/" + shell;
  }

  private static List<Path> everythingIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
