package dev.sockbed.bench.conformance.report;

import static dev.sockbed.bench.conformance.report.SampleReports.report;
import static dev.sockbed.bench.conformance.report.SampleReports.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.common.testing.Checkout;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

@Tag("unit")
class CheckReportsTest {
  private static final String HOSTILE = "<script>alert('\u0000\u001b[31m')</script>";

  @TempDir private Path folder;

  @Test
  void jsonIsReadBackAsItWasWritten() throws Exception {
    CheckReport report = report("ours", CaseVerdict.FAIL, HOSTILE);
    Path file = folder.resolve("check.json");
    Files.writeString(file, CheckFile.toJson(report));

    assertThat(CheckFile.read(file)).isEqualTo(report);
  }

  @Test
  void jsonKeepsItsSchema() throws Exception {
    String schema = Files.readString(Checkout.path("docs/check.schema.json"));
    for (CaseVerdict verdict : CaseVerdict.values()) {
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
  void aFileOfANewerFormIsRefusedAndSaysWhatReadsIt() throws Exception {
    Path file = folder.resolve("newer.json");
    Files.writeString(file, "{\"schema\": \"sockbed/check/2\"}");

    assertThatThrownBy(() -> CheckFile.read(file))
        .isInstanceOf(BrokenResultsException.class)
        .hasMessageContaining("has the form sockbed/check/2, and this build reads sockbed/check/1")
        .hasMessageContaining("or a newer one");
  }

  @Test
  void aNameThatCommandsATerminalOrMakesLinesUpIsEscaped() {
    CaseResult pass = result("echo/tcp/1.3/nul\nF   made up", CaseVerdict.PASS, null);
    String text = new Matrix(List.of(report("\u001b[31mport\nB  more", List.of(pass)))).text(80);

    assertThat(text)
        .contains("A  \\x1b[31mport\\nB  more: 1 pass\n", ".   echo/tcp/1.3/nul\\nF   made up\n")
        .doesNotContain("\u001b");
  }

  @Test
  void junitCountsFailuresAndStaysXmlWhateverThePeerSent() throws Exception {
    String xml = CheckSuite.of(report("ours", CaseVerdict.FAIL, HOSTILE)).render();

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
    assertThat(CheckSuite.of(report("ours", CaseVerdict.NON_STRICT, "slow")).render())
        .contains("failures=\"0\"", "NON-STRICT: slow");
  }

  /**
   * The order, the required attributes and the patterns are those of Ant's and Jenkins's schemas.
   */
  @Test
  void junitHasTheStrictFormThatBuildServersTake() throws Exception {
    Element suite = xml(CheckSuite.of(report("ours", CaseVerdict.FAIL, "changed")).render());

    assertThat(suite.getAttribute("timestamp"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    assertThat(suite.getAttribute("hostname")).isNotEmpty();
    assertThat(children(suite))
        .containsExactly("properties", "testcase", "system-out", "system-err");
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("type")).isEqualTo("MUST");
    assertThat(children((Element) failure.getParentNode())).containsExactly("failure");
  }

  @Test
  void aConnectionThatIsNotClosedAsItMustBeCountsEverywhere() throws Exception {
    CaseResult pass = result("echo/tcp/1.3/nul", CaseVerdict.PASS, null);
    CheckReport report =
        report("ours", List.of(pass.closed(new Closing(CaseVerdict.FAIL, "never"))));

    Element suite = xml(CheckSuite.of(report).render());
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("close: never");
    assertThat(new Matrix(List.of(report)).text(80)).contains("c   echo/tcp/1.3/nul");
    assertThat(report.isBad()).isTrue();
    assertThat(CheckTable.render(report, 80, Colours.OFF, false))
        .contains("1 connection did not end as it should");
  }

  private static Element xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  private static List<String> children(Element element) {
    return IntStream.range(0, element.getChildNodes().getLength())
        .mapToObj(element.getChildNodes()::item)
        .filter(Element.class::isInstance)
        .map(Node::getNodeName)
        .toList();
  }

  @Test
  void theTableFitsEightyColumnsAndTellsWhatWasSeen() {
    String table =
        CheckTable.render(
            report("ours", CaseVerdict.FAIL, "one two ".repeat(30)), 80, Colours.OFF, true);

    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    assertThat(table)
        .contains("FAIL         echo/tcp/1.3/nul", "expected 00 41", "received 41", "close: RST")
        .contains("1 case: 1 fail")
        .doesNotContain("\u001b");
  }

  @Test
  void aPrintedLineWithoutABlankIsFoldedLikeAnyOther() {
    String printed = "x".repeat(200);

    String table =
        CheckTable.render(
            report("run-me ".repeat(20), CaseVerdict.FAIL, "it says: " + printed),
            80,
            Colours.OFF,
            true);

    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    assertThat(table.replaceAll("\\s", "")).contains(printed);
  }

  @Test
  void theMatrixFitsEightyColumnsWhateverTheReportsAreCalled() {
    CheckReport report = report("z".repeat(100), CaseVerdict.PASS, null);

    String text = new Matrix(Collections.nCopies(16, report)).text(80);

    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text).contains("A  " + "z".repeat(77) + "\n   " + "z".repeat(23) + ": 1 pass\n");
  }

  @Test
  void aMatrixHasARowForEachCaseAndAColumnForEachReport() {
    Matrix matrix =
        new Matrix(
            List.of(
                report("ours", CaseVerdict.PASS, null), report("port", CaseVerdict.FAIL, HOSTILE)));

    assertThat(matrix.text(80))
        .contains("A  ours: 1 pass", "B  port: 1 fail", ". F   echo/tcp/1.3/nul");
    assertThat(matrix.page())
        .contains("<td class=\"pass\">pass</td>", "<td class=\"fail\">", "&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void aPageTellsInAShortSummaryWhatEachImplementationFails() {
    List<CaseResult> failed =
        IntStream.range(0, 7)
            .mapToObj(i -> result("echo/tcp/1.3/nul-" + i, CaseVerdict.FAIL, "because of " + i))
            .toList();

    String page = new Matrix(List.of(report("many", failed))).page();

    String summary = page.substring(page.indexOf("<h1>"), page.indexOf("<table>"));
    assertThat(summary)
        .contains("1 implementation, 7 cases: it does not keep every MUST.", "7 fail</span>")
        .contains("server at tcp://127.0.0.1:10000, 2026-11-23 06:00 UTC")
        .containsSubsequence("because of 4", "and 2 more", "because of 5", "because of 6");
    assertThat(page).contains("<small>close: RST</small>", "<small>MUST</small>");
  }

  @Test
  void reportsOfTheSameNameAreToldApart() {
    Matrix matrix =
        new Matrix(
            List.of(
                report("port", CaseVerdict.PASS, null),
                report("port", CaseVerdict.SKIPPED, "not here")));

    assertThat(matrix.text(80)).contains("A  port: 1 pass", "B  port: 1 skipped");
    assertThat(matrix.page())
        .contains("<b>A</b> port", "<b>B</b> port", "2 implementations, 1 case: no MUST failed.");
  }
}
