package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files that others' programs read: container, service, workflow, wrapper, findings. */
@Tag("unit")
final class ProjectFilesTest {
  private static final Path ROOT = Checkout.path("");
  private static final Pattern INSTRUCTION =
      Pattern.compile("(FROM|RUN|COPY|ENV|USER|WORKDIR|EXPOSE|ENTRYPOINT|CMD) \\S.*");
  private static final Pattern COPIED = Pattern.compile("COPY --from=build /sockbed/(\\S+) .*");

  @Test
  void theContainerIsBuiltInStagesFromImagesOfAKnownVersion() throws IOException {
    List<String> lines = instructions();

    assertThat(lines).allMatch(line -> INSTRUCTION.matcher(line).matches());
    assertThat(lines.stream().filter(line -> line.startsWith("FROM ")))
        .hasSize(2)
        .allMatch(line -> line.matches("FROM [a-z-]+:\\d[\\w.-]*( AS build)?"));
  }

  @Test
  void theContainerRunsAsAnOrdinaryUser() throws IOException {
    List<String> lines = instructions();

    assertThat(lines).filteredOn(line -> line.startsWith("USER ")).containsExactly("USER 10001");
    assertThat(lines.indexOf("USER 10001"))
        .isGreaterThan(lastOf(lines, "FROM "))
        .isGreaterThan(lastOf(lines, "COPY "))
        .isLessThan(lastOf(lines, "ENTRYPOINT "));
  }

  @Test
  void whatTheContainerTakesFromTheBuildIsMadeThere() throws IOException {
    List<String> copied =
        instructions().stream()
            .map(COPIED::matcher)
            .filter(Matcher::matches)
            .map(match -> match.group(1))
            .toList();

    assertThat(copied).containsExactly("bench/target/sockbed.jar", LaunchedCheckout.FLAGS);
    assertThat(ROOT.resolve(LaunchedCheckout.FLAGS)).exists();
  }

  @Test
  void theWorkflowRunsWhatContinuousIntegrationRunsHere() throws IOException {
    String workflow = Files.readString(ROOT.resolve(".github/workflows/build.yml"));

    assertThat(workflow)
        .doesNotContain("\t")
        .contains("ubuntu-latest", "macos-latest", "java: ['25', ", "permissions:", ".ci/run\n");
    assertThat(ROOT.resolve(".ci/run")).isExecutable();
  }

  @Test
  void theWrapperIsAScriptAndChecksWhatItDownloads() throws IOException {
    assertThat(ROOT.resolve("mvnw")).isExecutable();
    assertThat(Files.readString(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties")).lines())
        .contains("distributionType=only-script")
        .anyMatch(line -> line.matches("distributionUrl=https://\\S+-bin\\.zip"))
        .anyMatch(line -> line.matches("distributionSha256Sum=[0-9a-f]{64}"));
  }

  @Test
  void everyFindingIsAScriptThatTheListNames() throws IOException {
    String list = Files.readString(ROOT.resolve("findings/README.md"));
    try (Stream<Path> files = Files.list(ROOT.resolve("findings"))) {
      List<Path> scripts = files.filter(file -> !file.endsWith("README.md")).toList();
      assertThat(scripts)
          .isNotEmpty()
          .allSatisfy(script -> {
            String name = script.getFileName().toString();
            assertThat(script).isExecutable();
            assertThat(list).contains("| [" + name + "](" + name + ") |");
            assertThat(Files.readString(script))
                .startsWith("#!/usr/bin/env bash\n# ")
                .contains("set -euo pipefail", "mktemp -d", "This has changed.");
          });
    }
  }

  @Test
  void theServiceStartsServeWithOptionsThatItHas() throws IOException {
    String unit =
        Files.readString(ROOT.resolve("docs/examples/sockbed-serve.service")).replace("\\\n", " ");
    List<String> words =
        unit.lines()
            .filter(line -> line.startsWith("ExecStart="))
            .flatMap(line -> Stream.of(line.trim().split("\\s+")))
            .toList();
    String[] arguments =
        words.subList(words.indexOf("-jar") + 2, words.size()).toArray(String[]::new);

    assertThat(Sockbed.commandLine().parseArgs(arguments).subcommand().commandSpec().name())
        .isEqualTo("serve");
    assertThat(arguments).contains("--allow-remote", "--source-rate");
  }

  /** The lines of the Dockerfile but for comments. */
  private static List<String> instructions() throws IOException {
    try (Stream<String> lines = Files.lines(ROOT.resolve("Dockerfile"))) {
      return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  private static int lastOf(List<String> lines, String beginning) {
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(beginning)) {
        last = i;
      }
    }
    return last;
  }
}
