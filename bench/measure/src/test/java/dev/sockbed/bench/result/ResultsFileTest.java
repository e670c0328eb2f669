package dev.sockbed.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ResultsFileTest {
  private static final Results FULL = SampleResults.full(1);

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsReadBack() throws Exception {
    Path file = write(ResultsFile.toJson(FULL));

    assertThat(ResultsFile.read(file)).isEqualTo(FULL);
  }

  @Test
  void aCellIsALineAndItsKeysAreTheDocumentedOnesInTheirOrder() {
    String line =
        ResultsFile.toJson(FULL)
            .lines()
            .filter(each -> each.contains("\"scenario\": \"rtt\""))
            .findFirst()
            .orElseThrow()
            .replace(" ", "");

    assertThat(line)
        .startsWith(
            "{\"transport\":\"tcp\",\"variant\":\"tcp\",\"scenario\":\"rtt\",\"io\":\"plain\",\"wait\":\"block\","
                + "\"threads\":\"platform\",\"placement\":\"two-cores\",\"sizeBytes\":1,"
                + "\"connections\":1,\"window\":1,\"ratePerSecond\":null,\"fork\":null,\"trial\":1,\"due\":null,\"sent\":1500,\"outcomes\":{\"ok\":1500,"
                + "\"lost\":0,\"late\":0,\"truncated\":0,\"corrupt\":0,\"refused\":0,\"failed\":0},"
                + "\"events\":{\"duplicate\":0,\"reordered\":0},\"serviceNs\":{\"count\":1500,")
        .contains("\"p9999\":null", "\"responseNs\":null,\"messagesPerSecond\":")
        .endsWith("\"responseHistogram\":null,\"detail\":null},");
  }

  @Test
  void writtenResultsKeepToTheSchema() throws IOException {
    for (Results results : List.of(FULL, SampleResults.small(1), interrupted())) {
      ResultsSchema.assertKept(ResultsFile.toJson(results));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"trial\": 1,|\"trial\": \"1\",",
        "\"sent\": 1500|\"sent\": 1500.5",
        "\"transport\": \"tcp\"|\"transport\": \"sctp\"",
        "\"sizeBytes\": 16|\"sizeBytes\": -1",
        "sockbed/compare/1|sockbed/compare/2",
      })
  void theSchemaRefusesWhatTheReaderRefuses(String change) throws IOException {
    String[] fromTo = change.split(Pattern.quote("|"), -1);
    String json = ResultsFile.toJson(FULL);
    assertThat(json).contains(fromTo[0]);

    assertThat(
            ResultsSchema.lenient().validate(json.replace(fromTo[0], fromTo[1]), InputFormat.JSON))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"ok\": 1500,|\"ok\": 1400,|cells[0]: the outcomes sum to 1400, but 1500 messages were"
            + " sent",
        "\"ok\": 1500,|\"ok\": \"1500\",|cells[0].outcomes.ok",
        "\"ok\": 1500,|\"ok\": 1500.0,|cells[0].outcomes.ok",
        "\"ok\": 1500,|\"ok\": null,|cells[0].outcomes.ok",
        "\"ok\": 1500,||cells[0].outcomes",
        "\"ok\": 1500,|\"ok\": -1500,|cells[0].outcomes: a count of outcomes is negative",
        "\"transport\": \"tcp\"|\"transport\": 6|cells[0].transport",
        "\"transport\": \"tcp\"|\"transport\": null|cells[0].transport",
        "\"messagesPerSecond\": |\"messagesPerSecond\": 1e999, \"was\":"
            + " |cells[0].messagesPerSecond: a number must be finite",
        "\"fork\": null|\"fork\": 0|cells[0]: forks are counted from 1, not 0",
        "\"histogram\": \"HIST|\"histogram\": \"HOST|cells[0].histogram: not a whole histogram",
        "\"cells\": [|\"cells\": [ null,|cells[0]",
        "\"cells\": [|\"cells\": [ 7,|cells[0]",
        "\"cells\": [|\"cells\": {},  \"others\": [|cells",
        "\"startedAt\": |\"startedAt\": \"yesterday\", \"was\": |startedAt",
        "\"environment\": {|\"environment\": 5, \"was\": {|environment",
      })
  void aBrokenFileIsRefusedWithThePlaceInIt(String from, String to, String told)
      throws IOException {
    String json = ResultsFile.toJson(FULL);
    assertThat(json).contains(from);
    int place = json.indexOf(from);
    String broken =
        json.substring(0, place) + (to == null ? "" : to) + json.substring(place + from.length());

    assertRefused(write(broken), told);
  }

  @Test
  void aFileCutShortIsRefusedWithLineAndColumn() throws IOException {
    String json = ResultsFile.toJson(FULL);

    assertRefused(write(json.substring(0, json.length() / 2)), "line ");
    assertRefused(write(""), "does not hold sockbed's results");
    assertRefused(write("[]"), "does not hold sockbed's results");
    assertRefused(write("{\"schema\":1}"), "its schema is 1");
    assertRefused(write("{}"), "its schema is missing");
    assertRefused(write(json + "{}"), "line ");
    assertRefused(write("{\"schema\":\"sockbed/compare/1\",\"schema\":\"x\"}"), "line 1");
    assertRefused(write("[".repeat(100_000)), "nesting depth");
    assertRefused(write("\u0000\u0001binary"), "line 1");
  }

  @Test
  void aFileOfANewerFormIsRefusedByItsName() throws IOException {
    assertRefused(
        write("{\"schema\":\"sockbed/compare/2\",\"cells\":\"quite different\"}"),
        "has the form sockbed/compare/2, and this build reads sockbed/compare/1");
  }

  @Test
  void aFileOfMoreTokensThanResultsHaveIsRefusedBeforeItFillsTheMemory() throws IOException {
    assertRefused(write("[" + "[],".repeat(2_000_000) + "[]]"), "4000000");
  }

  @Test
  void aFileWhoseHistogramsDecodeToGigabytesIsRefusedByTheirHeaders() throws IOException {
    String empty = Histograms.encode(new Histogram(1, Long.MAX_VALUE, Histograms.DIGITS));
    assertThat(empty).hasSizeLessThan(100);
    String json = ResultsFile.toJson(FULL);
    String cell =
        json.lines()
            .filter(line -> line.contains("\"scenario\": \"rtt\""))
            .findFirst()
            .orElseThrow()
            .replaceAll("\"histogram\": \"[^\"]*\"", "\"histogram\": \"" + empty + "\"");
    String cells = "\"cells\": [\n";

    assertRefused(
        write(json.replace(cells, cells + cell.repeat(10_000))),
        "].histogram: the histograms up to here would take more than 4096 MiB");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsRefusedThoughItSeemsEmpty() {
    assertRefused(Path.of("/dev/zero"), "/dev/zero is a device or a pipe, not a file of results");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertRefused(folder.resolve("none.json"), "does not exist");
    assertRefused(folder, "is a directory");
  }

  @Test
  void keysOfALaterBuildArePassedOverAndOnlyTheNullableMayBeMissing() throws Exception {
    String json =
        ResultsFile.toJson(SampleResults.small(1))
            .replace("\"trial\": 1,", "\"trial\": 1, \"mood\": \"fair\",")
            .replaceAll(
                ", \"(responseHistogram|detail|window|placement)\": (null|\\d+|\"two-cores\")", "")
            .replaceAll("\"detail\": null", "\"later\": 1");

    Results read = ResultsFile.read(write(json));

    assertThat(read.cells().getFirst().window()).isNull();
    assertThat(read.cells().getFirst().placement()).isNull();
    assertThat(read.cells()).hasSameSizeAs(SampleResults.small(1).cells());
  }

  @Test
  void aFileOfABuildWithoutForksThatDidNotCountWhatWasDueTellsSharesOfWhatWasSent()
      throws Exception {
    Path file = folder.resolve("older.json");
    String json = ResultsFile.toJson(FULL);
    Files.writeString(file, json.replace("\"due\": null, ", "").replace("\"fork\": null, ", ""));

    Results read = ResultsFile.read(file);

    assertThat(json).contains("\"due\": null, ", "\"fork\": null, ");
    assertThat(read).isEqualTo(FULL);
    assertThat(read.cells().getFirst().expected()).isEqualTo(read.cells().getFirst().sent());
  }

  @Test
  void aDetailOfAnUnknownKindIsReadAsNone() throws Exception {
    String json =
        ResultsFile.toJson(FULL).replace("\"kind\": \"receive-limit\"", "\"kind\": \"later\"");

    assertThat(ResultsFile.read(write(json)).cells()).allMatch(cell -> cell.detail() == null);
  }

  private static Results interrupted() {
    return new Results(
        FULL.schema(),
        new Results.Tool("0.1.0", null),
        FULL.startedAt(),
        FULL.environment(),
        FULL.config(),
        FULL.cells().subList(0, 3),
        List.of());
  }

  private void assertRefused(Path file, String told) {
    assertThatExceptionOfType(BrokenResultsException.class)
        .isThrownBy(() -> ResultsFile.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(told)
        .satisfies(
            e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1),
            e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(500),
            e -> assertThat(e.getMessage()).doesNotContain("StreamReadFeature"));
  }

  private Path write(String json) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "results", ".json"), json);
  }
}
