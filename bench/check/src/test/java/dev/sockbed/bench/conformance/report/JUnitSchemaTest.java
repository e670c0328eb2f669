package dev.sockbed.bench.conformance.report;

import static dev.sockbed.bench.conformance.report.SampleReports.report;
import static dev.sockbed.bench.conformance.report.SampleReports.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.testing.StrictJUnit;
import java.util.ArrayList;
import java.util.List;
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
    for (CaseVerdict verdict : CaseVerdict.values()) {
      CaseResult plain = result("case/" + verdict, verdict, null);
      cases.add(plain);
      cases.add(plain.closed(new Closing(CaseVerdict.FAIL, "it did not close")));
      cases.add(result("hostile/" + verdict, verdict, HOSTILE));
    }

    assertThatCode(() -> StrictJUnit.validate(CheckSuite.of(report("ours", cases)).render()))
        .doesNotThrowAnyException();
    assertThatCode(() -> StrictJUnit.validate(CheckSuite.of(report(HOSTILE, List.of())).render()))
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
    String xml = CheckSuite.of(report("ours", CaseVerdict.FAIL, "changed")).render();
    assertThat(xml).contains(part);

    assertThatThrownBy(() -> StrictJUnit.validate(xml.replace(part, instead)))
        .isInstanceOf(SAXException.class);
  }
}
