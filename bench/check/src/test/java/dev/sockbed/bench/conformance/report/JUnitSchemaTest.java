package dev.sockbed.bench.conformance.report;

import static dev.sockbed.bench.conformance.report.SampleReports.report;
import static dev.sockbed.bench.conformance.report.SampleReports.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.SAXException;

/** The findings keep the strict form of JUnit's XML. */
@Tag("unit")
class JUnitSchemaTest {
  private static final String HOSTILE = "<script>]]>'\"&\u0000\u001b\n\t\uFFFE\uD800 \uD83D\uDE00";

  @Test
  void whateverACaseCameToKeepsTheSchema() {
    List<CaseResult> cases = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      CaseResult plain = result("case/" + verdict, verdict, null);
      cases.add(plain);
      cases.add(plain.closed(new Closing(Verdict.FAIL, "it did not close")));
      cases.add(result("hostile/" + verdict, verdict, HOSTILE));
    }

    assertThatCode(() -> validate(JUnitXml.render(report("ours", cases))))
        .doesNotThrowAnyException();
    assertThatCode(() -> validate(JUnitXml.render(report(HOSTILE, List.of()))))
        .doesNotThrowAnyException();
  }

  /** Else the schema could take anything. */
  @ParameterizedTest
  @CsvSource({
    "' hostname=\"localhost\"', ''",
    "' type=\"MUST\"', ''",
    "'<properties/>', ''",
    "'timestamp=\"20', 'timestamp=\"Z20'",
    "':00\"', ':00Z\"'",
    "'<testcase', '<error/><testcase'"
  })
  void theSchemaRefusesWhatStrictReadersRefuse(String part, String instead) {
    String xml = JUnitXml.render(report("ours", Verdict.FAIL, "changed"));
    assertThat(xml).contains(part);

    assertThatThrownBy(() -> validate(xml.replace(part, instead))).isInstanceOf(SAXException.class);
  }

  private static void validate(String xml) throws SAXException, IOException {
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(JUnitSchemaTest.class.getResource("junit-strict.xsd"));
    schema.newValidator().validate(new StreamSource(new StringReader(xml)));
  }
}
