package dev.sockbed.bench.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.testing.Chromium;
import dev.sockbed.bench.testing.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The matrix as a browser shows it: five implementations of many cases, one with a long name. */
@ExtendWith(Chromium.Shared.class)
@Tag("browser")
class MatrixInBrowserTest {
  private static final int CASES = 60;
  private static final String FAILED = "echo/tcp/1.1/case-50";
  private static final String FAILED_LINK = "section a[href=\"#" + FAILED + "\"]";

  private static Tab browser;
  private static String page;

  @BeforeAll
  static void openBrowser(@TempDir Path folder, Chromium chromium) throws IOException {
    List<CheckReport> reports =
        List.of(
            report("ours", -1),
            report("/opt/a/very/long/path/without/any/space/to/some/echo_server".repeat(3), 50),
            report("socat", -1),
            report("socat", -1),
            report("ncat", -1));
    Path file = folder.resolve("matrix.html");
    Files.writeString(file, new Matrix(reports).page());
    page = file.toUri().toString();
    browser = chromium.open();
  }

  private static CheckReport report(String name, int failed) {
    List<CaseResult> cases =
        IntStream.range(0, CASES)
            .mapToObj(i ->
                SampleReports.result(
                    "echo/tcp/1.1/case-" + i,
                    i == failed ? CaseVerdict.FAIL : CaseVerdict.PASS,
                    i == failed ? "byte 3 of 4 came back changed" : null))
            .toList();
    return SampleReports.report(name, cases);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void forgetProblems() {
    browser.forgetProblems();
  }

  @ParameterizedTest
  @CsvSource({"light, 1200", "dark, 1200", "light, 400", "dark, 400"})
  void whatFailedIsSeenFirstAndThePageIsNoWiderThanTheScreen(String scheme, int width) {
    show(scheme, width);

    assertThat(browser.text("h1"))
        .isEqualTo("5 implementations, 60 cases: 1 of them does not keep every MUST.");
    assertThat(number("document.querySelector('" + FAILED_LINK + "').getBoundingClientRect().top"))
        .as("where the failed case is told")
        .isLessThan(900);
    assertThat(browser.text("section li")).contains(FAILED, "byte 3 of 4 came back changed");
    assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    assertThat(browser.problems()).isEmpty();
    assertThat(browser.requests()).containsExactly(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 400})
  void allFiveColumnsAreSeenHoweverLongAName(int width) {
    show("light", width);

    assertThat(
            number("document.querySelector('thead th:last-child').getBoundingClientRect().right"))
        .isLessThanOrEqualTo(width);
    assertThat(number("document.querySelectorAll('thead th')[2].offsetWidth"))
        .as("the column of the long name")
        .isLessThanOrEqualTo(130);
  }

  @Test
  void theCasesStayInSightWhileTheFrameIsScrolled() {
    show("light", 300);

    browser.evaluate("document.querySelector('.frame').scrollTo(1000, 700)");

    assertThat(number("document.querySelector('.frame').scrollLeft")).isPositive();
    assertThat(number("document.querySelector('.frame').scrollTop")).isPositive();
    assertThat(
            browser
                .evaluate(
                    """
                    (() => {
                      const frame = document.querySelector('.frame').getBoundingClientRect();
                      const corner = document.querySelector('thead th').getBoundingClientRect();
                      const row = document.querySelectorAll('tbody th')[40].getBoundingClientRect();
                      return [corner, row].every(e => Math.abs(e.left - frame.left) <= 1)
                          && Math.abs(corner.top - frame.top) <= 1;
                    })()
                    """)
                .booleanValue())
        .isTrue();
  }

  @Test
  void theSummaryLeadsToTheRowWithItsLevel() {
    show("light", 1200);

    browser.click(FAILED_LINK);

    browser.awaitTrue(
        """
        (() => {
          const row = document.querySelector('tr:target');
          if (row === null) return false;
          const box = row.getBoundingClientRect();
          return box.top >= 0 && box.bottom <= innerHeight;
        })()
        """);
    assertThat(browser.text("tr:target th")).contains(FAILED, "MUST");
    assertThat(browser.text("tr:target .fail")).contains("byte 3 of 4 came back changed");
  }

  @Test
  void rowsInWhichAllPassedCanBeHiddenWithoutAnyScript() {
    show("light", 1200);
    assertThat(number("document.scripts.length")).isZero();

    browser.click("#only");

    browser.awaitTrue(
        "[...document.querySelectorAll('tbody tr')].filter(row => row.offsetHeight > 0)"
            + ".map(row => row.id).join() === '"
            + FAILED
            + "'");
  }

  private static double number(String expression) {
    return browser.evaluate(expression).doubleValue();
  }

  private static void show(String scheme, int width) {
    browser.look(width, 900, scheme);
    browser.open(page);
  }
}
