package dev.sockbed.bench.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.testing.StrictJUnit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("unit")
class DiffCommandTest {
  private static final Results BEFORE = SampleResults.of(1, 6, 300, 1);
  private static final Results SAME = SampleResults.of(2, 6, 300, 1);
  private static final Results SLOWER = SampleResults.of(3, 6, 300, 1.2);

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theSameBuildEndsWithStatusZeroAndSaysSo() throws IOException {
    int status = diff(write(BEFORE), write(SAME));

    assertThat(status).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("all intervals hold together with 95 %\n")
        .doesNotContain("95 % interval");
    assertThat(out.toString().lines().toList().getLast())
        .matches(
            "can't tell of \\d+ comparisons, found no slow-down beyond 5 % in the others: \\d+ of"
                + " \\d+ comparisons are the same within 5 %");
  }

  @Test
  void aSlowerBuildEndsWithStatusOneRegressionsOnTopAndTheVerdictLast() throws IOException {
    int status = diff(write(BEFORE), write(SLOWER));

    assertThat(status).isEqualTo(1);
    assertThat(out.toString().lines().toList().get(1))
        .matches("slower {10,}[01]\\.\\d{3} +[01]\\.\\d{3} to [01]\\.\\d{3} .*");
    assertThat(out.toString().lines().toList().getLast())
        .matches(
            "slower by more than 5 % in \\d+ of \\d+ comparisons, worst: .*; \\d+ can't be told");
  }

  @Test
  void theToleranceIsTheUsersToSet() throws IOException {
    assertThat(diff(write(BEFORE), write(SLOWER), "--tolerance", "50%")).isZero();
    assertThat(out.toString()).contains("slow-down beyond 50 %");
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
  void trialsWithoutAReplyEndWithStatusOneAndAreTold() throws IOException {
    List<Cell> cells =
        SAME.cells().stream()
            .map(cell ->
                cell.scenario().equals("rtt")
                        && cell.transport().equals("udp")
                        && cell.sizeBytes() == 128
                        && cell.trial() < 3
                    ? TrialCells.silent(cell)
                    : cell)
            .toList();

    assertThat(diff(write(BEFORE), write(with(SAME, cells)))).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern(
            "no reply .* udp rtt, 128 bytes share ok: 2 of 6 trials had no reply in b");
    assertThat(out.toString().lines().toList().getLast())
        .startsWith("no reply in trials of 1 point, worst: udp rtt, 128 bytes share ok");
  }

  @Test
  void whatCantBeToldIsSaidAndWithStrictIsStatusFive() throws IOException {
    Path few = write(SampleResults.of(1, 5, 300, 1));

    assertThat(diff(few, few)).isZero();
    assertThat(out.toString())
        .contains("can't tell")
        .contains("too few trials with such a number (6 are needed)")
        .doesNotContain("no slow-down beyond 5 %: ");
    assertThat(diff(few, few, "--strict")).isEqualTo(5);
    assertThat(diff(write(BEFORE), write(SLOWER), "--strict")).isEqualTo(1);
  }

  @Test
  void ofTheSameNumbersNothingIsOpen() throws IOException {
    Path steady = write(steady(SampleResults.small(1)));

    assertThat(diff(steady, steady, "--strict")).as(out.toString()).isZero();
    assertThat(out.toString().lines().toList().getLast())
        .matches("no slow-down beyond 5 %: \\d+ of \\d+ comparisons are the same within 5 %");
  }

  /** The first trial, again and again. */
  private static Results steady(Results results) {
    List<Cell> cells = new ArrayList<>();
    for (String transport : List.of("tcp", "udp")) {
      for (int trial = 1; trial <= 6; trial++) {
        cells.add(TrialCells.of(TrialCells.roundTrip(transport), trial, 20_000));
      }
    }
    return with(results, cells);
  }

  @Test
  void aPointThatTheSecondRunLacksIsOpen() throws IOException {
    Results steady = steady(SampleResults.small(1));
    Results half = with(steady, steady.cells().subList(0, 6));

    assertThat(diff(write(steady), write(half), "--strict")).isEqualTo(5);
    assertThat(out.toString()).contains("only in a       udp rtt");
    assertThat(out.toString().lines().toList().getLast())
        .endsWith("; b has no trial of 1 point of a");
  }

  @Test
  void severalRunsASideStandBeforeAndAfterTwoHyphens() throws IOException {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      first.add(write(SampleResults.of(10 + run, 6, 300, 1)).toString());
      second.add(write(SampleResults.of(20 + run, 6, 300, 2)).toString());
    }
    List<String> words = new ArrayList<>(first);
    words.add("--");
    words.addAll(second);
    words.addAll(List.of("--tolerance", "10%"));

    assertThat(run(words)).as(err.toString()).isEqualTo(1);
    assertThat(out.toString()).contains("slower").doesNotContain("one run on a side");
    assertThat(diff(Path.of(first.getFirst()), Path.of(second.getFirst()))).isEqualTo(1);
    assertThat(out.toString()).contains("one run on a side");
  }

  @Test
  void theForksOfOneFileAreItsRuns() throws IOException {
    Path before = write(forks(10, 1));
    Path after = write(forks(20, 2));

    assertThat(diff(before, after, "--tolerance", "10%", "--json", "-"))
        .as(err.toString())
        .isEqualTo(1);
    assertThat(out.toString()).contains("\"runsOfA\": 3,", "\"runsOfB\": 3,");
    out.getBuffer().setLength(0);
    assertThat(diff(before, after, "--tolerance", "10%")).isEqualTo(1);
    assertThat(out.toString()).contains("slower").doesNotContain("one run on a side");
  }

  @Test
  void forksOnOneSideOnlyTellNothingOfWhatDiffersBetweenRuns() throws IOException {
    assertThat(diff(write(forks(10, 1)), write(SampleResults.of(20, 6, 300, 2)), "--strict"))
        .as(err.toString())
        .isEqualTo(5);
    assertThat(out.toString()).contains("one run on a side", "too few runs or trials");
  }

  /** Three forks, each as long as a run. */
  private static Results forks(int seed, double factor) {
    List<Cell> cells = new ArrayList<>();
    for (int fork = 1; fork <= 3; fork++) {
      int number = fork;
      SampleResults.of(seed + fork, 6, 300, factor).cells().stream()
          .map(cell -> cell.inFork(number))
          .forEach(cells::add);
    }
    return with(SampleResults.of(seed, 6, 300, factor), cells);
  }

  @Test
  void anOptionMayStandBeforeTheDashesBetweenTheSides() throws IOException {
    String before = write(BEFORE).toString();
    String same = write(SAME).toString();
    String after = write(SLOWER).toString();
    String again = write(SampleResults.of(4, 6, 300, 1.2)).toString();

    assertThat(run(List.of(before, same, "--tolerance", "50%", "--", after, again, "--strict")))
        .as(err.toString())
        .isEqualTo(5);
    assertThat(out.toString()).contains("beyond 50 %").doesNotContain("one run on a side");
    assertThat(run(List.of(before, "--force", "--", after))).isEqualTo(1);
  }

  @Test
  void sidesThatAreNoneAreOneLineAndStatusTwo() throws IOException {
    String file = write(BEFORE).toString();

    for (List<String> wrong :
        List.of(
            List.of(file),
            List.of(file, file, file),
            List.of(file, "--"),
            List.of(file, "--", file, "--", file))) {
      err.getBuffer().setLength(0);
      assertThat(run(wrong)).as("%s", wrong).isEqualTo(2);
      assertThat(err.toString()).hasLineCount(1).startsWith("sockbed diff: ");
    }
    assertThat(run(List.of())).isEqualTo(2);
  }

  private static Results with(Results results, List<Cell> cells) {
    return new Results(
        results.schema(),
        results.tool(),
        results.startedAt(),
        results.environment(),
        results.config(),
        cells,
        List.of());
  }

  @Test
  void anUnwritableOutputIsToldBeforeAnythingElse() throws IOException {
    Path file = write(BEFORE);

    assertThat(diff(file, file, "--json", folder.resolve("no/such/dir.json").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("can't be written: there is no such directory");
  }

  @Test
  void aBuildServerGetsATestCaseAComparisonAndATableAndData() throws Exception {
    Path junit = folder.resolve("diff.xml");
    Path markdown = folder.resolve("diff.md");
    Path csv = folder.resolve("diff.csv");

    int status =
        diff(
            write(BEFORE),
            write(SLOWER),
            "--junit=" + junit,
            "--markdown=" + markdown,
            "--csv=" + csv,
            "--max-loss=0.01%");

    assertThat(status).isEqualTo(1);
    String xml = Files.readString(junit);
    StrictJUnit.validate(xml);
    assertThat(xml)
        .contains(
            "<failure type=\"slower\" message=\"slower, b / a 1.",
            "<skipped message=\"can't tell, ",
            ": loss at most 0.01 %\" time=\"0.000\"><failure type=\"limit\"")
        .doesNotContain("bare sockets");
    assertThat(Files.readString(markdown))
        .startsWith("### slower by more than 5 % in ")
        .contains("\nFAIL: udp ", "| :-- | --: | --: | :-- |", "| slower | 1.");
    assertThat(Files.readAllLines(csv))
        .first()
        .isEqualTo(
            "change,point,measure,ratio,low,high,difference,differenceLow,differenceHigh,n,why");
    assertThat(err.toString().lines()).allMatch(line -> line.startsWith("FAIL: udp "));
  }

  @Test
  void aLimitThatTheSecondSideDoesNotKeepIsABadAnswer() throws IOException {
    Path file = write(BEFORE);

    assertThat(diff(file, file, "--force", "--max-p99=1m")).as(err.toString()).isZero();
    assertThat(diff(file, file, "--force", "--max-p99=1us")).isEqualTo(1);
    assertThat(err.toString()).contains("FAIL: tcp rtt", "--max-p99 allows 1.00 µs");
  }

  @Test
  void whatCantBeToldFailsInJunitOnlyWhereTheExitStatusSaysSo() throws IOException {
    Path junit = folder.resolve("diff.xml");

    diff(write(BEFORE), write(SAME), "--junit=" + junit);
    assertThat(junit).content().contains("failures=\"0\"");
    diff(write(BEFORE), write(SAME), "--junit=" + junit, "--strict");
    assertThat(junit).content().contains("skipped=\"0\"", "type=\"can't tell\"");
  }

  @Test
  void onATerminalNoLineIsLongerThanItIsWide() throws IOException {
    DiffReport report =
        DiffReport.of(
            new DiffReport.Side(List.of("a.json"), 1),
            new DiffReport.Side(List.of("b.json"), 1),
            false,
            new Tolerance(0.05, 0.005),
            Difference.between(
                Runs.of(List.of(BEFORE)), Runs.of(List.of(SLOWER)), new Tolerance(0.05, 0.005)));

    for (int width : List.of(60, 80, 120)) {
      assertThat(report.text(DiffReport.Pairs.RUNS, width, Colours.OFF).lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }
  }

  private int diff(Path first, Path second, String... flags) {
    List<String> arguments = new ArrayList<>(List.of(first.toString(), second.toString()));
    arguments.addAll(List.of(flags));
    return run(arguments);
  }

  private int run(List<String> words) {
    CommandLine commandLine = Sockbed.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(
        Stream.concat(Stream.of("diff"), words.stream()).toArray(String[]::new));
  }

  private Path write(Results results) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "run", ".json"), ResultsFile.toJson(results));
  }
}
