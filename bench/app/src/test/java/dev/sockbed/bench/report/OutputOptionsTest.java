package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("process")
class OutputOptionsTest {
  private static final Results SMALL = SampleResults.small(1);

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutFlagsTheTableGoesToStandardOutputAndNothingElseAnywhere() throws IOException {
    write();

    assertThat(out.toString()).isEqualTo(TerminalReport.render(SMALL, 80, Colours.OFF));
    assertThat(err.toString()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileForWhichThereIsNoRoomIsToldInOneLine() {
    assertThatExceptionOfType(MissingException.class)
        .isThrownBy(() -> write("--json", "/dev/full"))
        .withMessage("/dev/full can't be written: No space left on device");
  }

  @Test
  void jsonOnStandardOutputStandsAlone() throws Exception {
    write("--json", "-");

    assertThat(out.toString()).isEqualTo(ResultsFile.toJson(SMALL));
  }

  @Test
  void linesOnStandardOutputStandAloneOneACell() throws IOException {
    write("--ndjson", "-");

    assertThat(out.toString().lines())
        .hasSameSizeAs(SMALL.cells())
        .allMatch(line -> line.startsWith("{\"transport\":") && line.endsWith("}"));
  }

  @Test
  void aLineIsThereAsSoonAsItsCellIsDone() throws IOException {
    Path file = folder.resolve("cells.ndjson");
    try (ResultsOutput output = open("--ndjson", file.toString())) {
      for (Cell cell : SMALL.cells()) {
        output.cell(cell);
        assertThat(Files.readAllLines(file).getLast()).isEqualTo(ResultsFile.toJsonLine(cell));
      }
    }
  }

  @Test
  void aDirectoryIsMadeAndGetsEverything() throws Exception {
    Path directory = folder.resolve("deep/results");
    write("--out", directory.toString());

    assertThat(ResultsFile.read(directory.resolve("compare.json"))).isEqualTo(SMALL);
    assertThat(Files.readAllLines(directory.resolve("compare.ndjson")))
        .hasSameSizeAs(SMALL.cells());
    assertThat(directory.resolve("compare.html")).isNotEmptyFile();
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(4);
    }
    assertThat(err.toString().lines()).hasSize(4).allMatch(line -> line.startsWith("wrote "));
  }

  @Test
  void theHistogramLogIsReadByHdrHistogramsOwnReader() throws IOException {
    Results full = SampleResults.full(1);
    write(full, "--out", folder.toString());

    List<Histogram> read = new ArrayList<>();
    File log = folder.resolve("compare.hlog").toFile();
    try (HistogramLogReader reader = new HistogramLogReader(log)) {
      while (reader.hasNext()) {
        Histogram interval = (Histogram) reader.nextIntervalHistogram();
        if (interval.getTag() != null) {
          read.add(interval);
        }
      }
    }

    List<String> written =
        full.cells().stream()
            .flatMap(cell -> Stream.of(cell.histogram(), cell.responseHistogram()))
            .filter(Objects::nonNull)
            .toList();
    assertThat(read).extracting(Histograms::encode).isEqualTo(written);
    assertThat(read.getFirst().getTag()).isEqualTo("tcp/setup/16B/c1/w1/two-cores/t1/service");
    assertThat(read.getFirst().getStartTimeStamp()).isEqualTo(full.startedAt().toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-alltags", "-tag tcp/setup/16B/c1/w1/two-cores/t1/service"})
  void theHistogramLogIsReadByHdrHistogramsOwnProcessor(String options) throws IOException {
    write(SampleResults.full(1), "--out", folder.toString());
    String log = folder.resolve("compare.hlog").toString();

    List<String> arguments = new ArrayList<>(List.of("-i", log));
    options.lines().flatMap(line -> Stream.of(line.split(" "))).forEach(arguments::add);
    try (Peer processor =
        Peer.start(JavaCommand.of(List.of(), HistogramLogProcessor.class, arguments.toArray()))) {
      assertThat(processor.awaitExit()).isZero();
      assertThat(processor.errors()).isEmpty();
      assertThat(processor.output()).contains("#[Max").containsPattern("Total count += +[1-9]");
    }
  }

  @Test
  void pythonReadsInTheCsvWhatStandsInTheJson() throws Exception {
    Results full = SampleResults.full(1);
    Path csv = folder.resolve("compare.csv");
    Path json = folder.resolve("compare.json");
    write(full, "--csv", csv.toString(), "--json", json.toString());

    try (Peer python =
        Peer.start(
            "python3",
            "-c",
            """
            import csv, json, sys
            cells = json.load(open(sys.argv[2]))['cells']
            rows = list(csv.DictReader(open(sys.argv[1], newline='')))
            assert len(rows) == len(cells)
            compared = 0
            for row, cell in zip(rows, cells):
                for name, text in row.items():
                    value = cell
                    for key in name.split('.'):
                        value = None if value is None else value[key]
                    number = isinstance(value, (int, float))
                    same = float(text) == value if number else text == (value or '')
                    assert same, (name, text, value)
                    compared += 1
            print(compared)
            """,
            csv.toString(),
            json.toString())) {
      assertThat(python.awaitExit()).as(python.errors()).isZero();
      assertThat(Integer.parseInt(python.output().strip())).isGreaterThan(30 * full.cells().size());
    }
  }

  @Test
  void anExistingFileIsReplacedAsAWholeAndALinkStaysALink() throws Exception {
    Path file = Files.writeString(folder.resolve("old.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    ResultsOutput output = open("--json", link.toString());
    assertThat(file).hasContent("old");

    output.finish(new Report(SMALL, List.of()), 80, Colours.OFF, new PrintWriter(err));

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(ResultsFile.read(file)).isEqualTo(SMALL);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("old.json", "link.json");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
    Path file = folder.resolve("new.json");
    write("--json", file.toString());

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("any"))));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneFullDiskLosesNoOtherOutputAndIsToldInOneLine() throws Exception {
    Path directory = folder.resolve("results");

    assertThatExceptionOfType(MissingException.class)
        .isThrownBy(() ->
            write("--json", "/dev/full", "--ndjson", "/dev/full", "--out", directory.toString()))
        .withMessage("/dev/full can't be written: No space left on device");

    assertThat(out.toString()).isEqualTo(TerminalReport.render(SMALL, 80, Colours.OFF));
    assertThat(ResultsFile.read(directory.resolve("compare.json"))).isEqualTo(SMALL);
    assertThat(directory.toFile().list()).hasSize(4);
    assertThat(directory.resolve("compare.ndjson")).content().hasLineCount(SMALL.cells().size());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatNoFileTookIsShownThoughOnlyJsonWasAskedFor() {
    assertThatExceptionOfType(MissingException.class)
        .isThrownBy(() -> write("--json", "-", "--ndjson", "/dev/full"));

    assertThat(out.toString()).isEqualTo(ResultsFile.toJson(SMALL));
    assertThat(err.toString()).contains(TerminalReport.render(SMALL, 80, Colours.OFF));
  }

  @Test
  void aSecondRunLeavesTheFirstOnesFilesAndALinkLeadsToTheNewest() throws Exception {
    write("--out", folder.toString());
    Results second = SampleResults.small(2);
    write(SampleResults.full(1), "--out", folder.toString());
    write(second, "--out", folder.toString());

    assertThat(ResultsFile.read(folder.resolve("compare.json"))).isEqualTo(SMALL);
    assertThat(ResultsFile.read(folder.resolve("latest/compare.json"))).isEqualTo(second);
    assertThat(folder.resolve("latest").toRealPath().getFileName().toString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d(-\\d+)?");
    try (var files = Files.list(folder)) {
      assertThat(files).as("four files, two directories, one link").hasSize(7);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatSomethingIsMountedOnIsWritten() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/root")), "needs root, to mount");
    Path file = Files.writeString(folder.resolve("mounted.json"), "old");
    Path source = Files.writeString(folder.resolve("source.json"), "old");
    run("mount", "--bind", source.toString(), file.toString());
    try {
      write("--json", file.toString());

      assertThat(ResultsFile.read(source)).isEqualTo(SMALL);
    } finally {
      run("umount", file.toString());
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("mounted.json", "source.json");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assumeTrue(
        process.waitFor(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0,
        "may not mount");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDeviceIsWrittenAndNotReplaced() throws IOException {
    write("--json", "/dev/null");

    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thePageIsOpenedByTheDesktopsOwnProgram() throws Exception {
    Path opener = Files.createDirectory(folder.resolve("bin")).resolve("xdg-open");
    Path opened = folder.resolve("opened");
    Files.writeString(opener, "#!/bin/sh\necho \"$1\" > " + opened + "\n");
    assertThat(opener.toFile().setExecutable(true)).isTrue();

    assertThat(runOpening(folder.resolve("bin"))).doesNotContain("no browser");

    await().atMost(Peer.PATIENCE).until(() -> Files.exists(opened) && Files.size(opened) > 0);
    Path page = folder.resolve("results/compare.html").toRealPath();
    assertThat(opened).hasContent(page.toString());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutABrowserItSaysWhereThePageIs() throws Exception {
    assertThat(runOpening(Files.createDirectory(folder.resolve("empty"))))
        .contains("no browser could be started here: open ", "results/compare.html yourself");
  }

  /** Runs {@link Opening} with another PATH; gives what it printed on standard error. */
  private String runOpening(Path path) throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(JavaCommand.of(List.of(), Opening.class))
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("errors").toFile());
    java.environment().put("PATH", path.toString());
    assertThat(java.start().waitFor(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return Files.readString(folder.resolve("errors"));
  }

  /** A command that only writes and opens. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] arguments) throws IOException {
      OutputOptions options = new OutputOptions();
      new CommandLine(new Holder(options)).parseArgs("--open");
      StringWriter said = new StringWriter();
      try (ResultsOutput output = options.open("compare", new PrintWriter(new StringWriter()))) {
        output.finish(
            new Report(SampleResults.small(1), List.of()), 80, Colours.OFF, new PrintWriter(said));
      }
      System.err.print(said);
    }
  }

  @Test
  void whatCannotBeWrittenIsToldBeforeAnythingIsMeasured() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertRefused("--json " + folder + " is a directory", "--json", folder.toString());
    assertRefused("can't be written", "--json", file.resolve("below.json").toString());
    assertRefused(
        "there is no such directory", "--ndjson", folder.resolve("no/such.ndjson").toString());
    assertRefused("can't be made", "--out", file.resolve("below").toString());
    assertRefused("both claim standard output", "--json", "-", "--ndjson", "-");
    assertRefused("--json - and --csv - both claim", "--json", "-", "--csv", "-");
    assertRefused("--csv - and --markdown - both claim", "--csv", "-", "--markdown", "-");
    String one = folder.resolve("one").toString();
    assertRefused("--csv and --junit name the same file", "--csv", one, "--junit", one);
    assertRefused("is a directory", "--markdown", folder.toString());
    assertRefused("- is standard output: write --json -", "--json", "-", "--out", "-");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  private void assertRefused(String told, String... flags) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> open(flags))
        .withMessageContaining(told);
  }

  private void write(String... flags) throws IOException {
    write(SMALL, flags);
  }

  private void write(Results results, String... flags) throws IOException {
    try (ResultsOutput output = open(flags)) {
      for (Cell cell : results.cells()) {
        output.cell(cell);
      }
      output.finish(new Report(results, List.of()), 80, Colours.OFF, new PrintWriter(err));
    }
  }

  private ResultsOutput open(String... flags) {
    OutputOptions options = new OutputOptions();
    new CommandLine(new Holder(options)).parseArgs(flags);
    return options.open("compare", new PrintWriter(out));
  }

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin OutputOptions options) {}
}
