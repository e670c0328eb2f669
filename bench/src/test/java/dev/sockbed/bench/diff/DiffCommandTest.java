package dev.sockbed.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.SampleResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("unit")
class DiffCommandTest {
  private static final Results BEFORE = SampleResults.of(1, 5, 300, 1);
  private static final Results SAME = SampleResults.of(2, 5, 300, 1);
  private static final Results SLOWER = SampleResults.of(3, 5, 300, 1.2);

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theSameBuildEndsWithStatusZeroAndSaysSo() throws IOException {
    int status = diff(write(BEFORE), write(SAME));

    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString().lines().toList().getLast())
        .matches("no slow-down beyond 5 % found in \\d+ comparisons");
  }

  @Test
  void aSlowerBuildEndsWithStatusOneRegressionsOnTopAndTheVerdictLast() throws IOException {
    int status = diff(write(BEFORE), write(SLOWER));

    assertThat(status).isEqualTo(1);
    assertThat(out.toString().lines().toList().get(1))
        .matches("slower {10,}[01]\\.\\d{3} +[01]\\.\\d{3} to [01]\\.\\d{3} .*");
    assertThat(out.toString().lines().toList().getLast())
        .matches("slower by more than 5 % in \\d+ of \\d+ comparisons, worst: .*");
  }

  @Test
  void theToleranceIsTheUsersToSet() throws IOException {
    assertThat(diff(write(BEFORE), write(SLOWER), "--tolerance", "50%")).isZero();
    assertThat(out.toString()).contains("no slow-down beyond 50 % found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "five%", "-5%", "101%", ""})
  void aToleranceIsAPercentage(String tolerance) throws IOException {
    assertThat(diff(write(BEFORE), write(SAME), "--tolerance", tolerance)).isEqualTo(2);
    assertThat(err.toString()).contains("percentage").hasLineCount(1);
  }

  @Test
  void unlikeRunsAreRefusedSayingWhatDiffersUnlessForced() throws IOException {
    Path before = write(BEFORE);
    Path other =
        Files.writeString(
            folder.resolve("other.json"),
            ResultsFile.toJson(SAME)
                .replace("25.0.3+9", "26")
                .replace("\"profile\": \"default\"", "\"profile\": \"quick\"")
                .replace("2500.0", "2400.0")
                .replace("\"costNs\": 24", "\"costNs\": 99")
                .replace("\"seed\": 42", "\"seed\": 43"));

    assertThat(diff(before, other)).isEqualTo(2);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains(
            "the runs are not alike: environment.jvm.version (25.0.3+9 / 26),"
                + " config.profile (default / quick); add --force");
    assertThat(diff(before, other, "--force")).isZero();
    assertThat(err.toString()).contains("warning: the runs are not alike");
  }

  @Test
  void theComparisonsCanBeHadAsJson() throws IOException {
    Path json = folder.resolve("diff.json");
    assertThat(diff(write(BEFORE), write(SLOWER), "--json", json.toString())).isEqualTo(1);

    assertThat(Files.readString(json))
        .contains(
            "\"schema\": \"sockbed/diff/1\"", "\"change\": \"slower\"", "\"verdict\": \"slower");
    out.getBuffer().setLength(0);
    assertThat(diff(write(BEFORE), write(SLOWER), "--json", "-")).isEqualTo(1);
    assertThat(out.toString()).startsWith("{").endsWith("}\n").doesNotContain("b / a");
  }

  @Test
  void aBrokenFileIsOneLineAndStatusTwo() throws IOException {
    Path before = write(BEFORE);
    String json = ResultsFile.toJson(SAME);
    Path cut = Files.writeString(folder.resolve("cut.json"), json.substring(0, 5_000));
    Path newer =
        Files.writeString(folder.resolve("newer.json"), json.replace("compare/1", "compare/2"));
    Path broken =
        Files.writeString(
            folder.resolve("broken.json"), json.replaceFirst("HISTF[^\"]{40}", "HISTF"));

    for (Path bad : new Path[] {cut, newer, broken, folder.resolve("none.json"), folder}) {
      err.getBuffer().setLength(0);
      assertThat(diff(before, bad)).isEqualTo(2);
      assertThat(err.toString()).hasLineCount(1).contains("sockbed diff: " + bad);
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnwritableOutputIsToldBeforeAnythingElse() throws IOException {
    Path file = write(BEFORE);

    assertThat(diff(file, file, "--json", folder.resolve("no/such/dir.json").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("can't be written: there is no such directory");
  }

  private int diff(Path first, Path second, String... flags) {
    CommandLine commandLine = Sockbed.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    String[] arguments = new String[flags.length + 3];
    arguments[0] = "diff";
    arguments[1] = first.toString();
    arguments[2] = second.toString();
    System.arraycopy(flags, 0, arguments, 3, flags.length);
    return commandLine.execute(arguments);
  }

  private Path write(Results results) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "run", ".json"), ResultsFile.toJson(results));
  }
}
