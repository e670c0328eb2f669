package dev.sockbed.bench.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Level;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.bench.conformance.WireEvent;
import dev.sockbed.bench.report.Colours;
import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.bench.result.Results;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class CheckReportsTest {
  private static final String HOSTILE = "<script>alert('\u0000\u001b[31m')</script>";

  @TempDir private Path folder;

  @Test
  void jsonIsReadBackAsItWasWritten() throws Exception {
    CheckReport report = report("ours", Verdict.FAIL, HOSTILE);
    Path file = folder.resolve("check.json");
    Files.writeString(file, CheckFile.toJson(report));

    assertThat(CheckFile.read(file)).isEqualTo(report);
  }

  @Test
  void jsonKeepsItsSchema() throws Exception {
    String schema = Files.readString(Path.of("../docs/check.schema.json"));
    for (Verdict verdict : Verdict.values()) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(schema)
                  .validate(CheckFile.toJson(report("ours", verdict, null)), InputFormat.JSON))
          .isEmpty();
    }
  }

  @Test
  void aFileOfAnotherFormIsRefused() throws Exception {
    Path file = folder.resolve("load.json");
    Files.writeString(file, "{\"schema\": \"sockbed/load/1\"}");

    assertThatThrownBy(() -> CheckFile.read(file))
        .isInstanceOf(BrokenResultsException.class)
        .hasMessageContaining("sockbed/check/1");
  }

  @Test
  void junitCountsFailuresAndStaysXmlWhateverThePeerSent() throws Exception {
    String xml = JUnitXml.render(report("ours", Verdict.FAIL, HOSTILE));

    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("1");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void aMissedShouldIsNoFailureInJunit() {
    assertThat(JUnitXml.render(report("ours", Verdict.NON_STRICT, "slow")))
        .contains("failures=\"0\"", "NON-STRICT: slow");
  }

  @Test
  void theTableFitsEightyColumnsAndTellsWhatWasSeen() {
    String table =
        CheckTable.render(
            report("ours", Verdict.FAIL, "one two ".repeat(30)), 80, Colours.OFF, true);

    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    assertThat(table)
        .contains("FAIL         echo/tcp/1.3/nul", "expected 00 41", "received 41", "close: RST")
        .contains("1 case: 1 fail")
        .doesNotContain("\u001b");
  }

  @Test
  void aMatrixHasARowForEachCaseAndAColumnForEachReport() {
    Matrix matrix =
        new Matrix(
            List.of(report("ours", Verdict.PASS, null), report("port", Verdict.FAIL, HOSTILE)));

    assertThat(matrix.text())
        .contains("A  ours: 1 pass", "B  port: 1 fail", ". F   echo/tcp/1.3/nul");
    assertThat(matrix.page())
        .contains("<td class=\"pass\">pass</td>", "<td class=\"fail\">", "&lt;script&gt;")
        .doesNotContain("<script>");
  }

  private static CheckReport report(String name, Verdict verdict, @Nullable String why) {
    boolean good = verdict == Verdict.PASS;
    CaseResult result =
        new CaseResult(
            "echo/tcp/1.3/nul",
            "echo/tcp/1.3",
            Level.MUST,
            "The server MUST treat what it receives as bytes.",
            "server",
            "tcp",
            "NUL in front",
            verdict,
            why,
            good ? null : "00 41 (2 bytes)",
            good ? null : "41 (1 byte)",
            new Closing(good ? Verdict.PASS : Verdict.NON_STRICT, good ? "FIN" : "RST"),
            1,
            good ? 1 : 0,
            1_234_567,
            List.of("A sends 00 41"),
            List.of(new WireEvent(1_000, "A", "sent", 2, "00 41")));
    return new CheckReport(
        CheckReport.SCHEMA,
        new Results.Tool("0.1.0", null),
        Instant.parse("2026-11-23T06:00:00Z"),
        new CheckReport.Subject(name, "server", "tcp://127.0.0.1:10000", null),
        new CheckReport.Config(null, null, 20_000_000_000L, 1, 128),
        CheckReport.summary(List.of(result)),
        null,
        List.of(result));
  }
}
