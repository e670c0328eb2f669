package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.testing.Chromium;
import dev.sockbed.bench.testing.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The page as a browser shows it: offline, without complaint, its plots drawn. */
@ExtendWith(Chromium.Shared.class)
@Tag("browser")
class PageInBrowserTest {
  private static final int CHARTS = 5;

  /** For each plot: how many pixels have the colour of TCP, and of UDP. */
  private static final String PIXELS =
      """
      [...document.querySelectorAll('.chart canvas')].map(canvas => {
        const style = getComputedStyle(document.documentElement);
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return ['--tcp', '--udp'].map(name => {
          const wanted = parseInt(style.getPropertyValue(name).trim().slice(1), 16);
          let count = 0;
          for (let i = 0; i < pixels.length; i += 4) {
            if ((pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]) === wanted
                && pixels[i + 3] === 255) count++;
          }
          return count;
        });
      })
      """;

  private static Tab browser;
  private static String page;

  @BeforeAll
  static void openBrowser(@TempDir Path folder, Chromium chromium) throws IOException {
    Path file = folder.resolve("compare.html");
    Files.writeString(file, HtmlReport.render(SampleResults.full(1)));
    page = file.toUri().toString();
    browser = chromium.open();
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
  void theScreenShowsEveryPlotWithoutProblemOrRequest(String scheme, int width) {
    show(scheme, width);

    JsonNode plots = browser.evaluate(PIXELS);
    assertThat(plots).hasSize(CHARTS);
    for (JsonNode plot : plots) {
      assertThat(plot.get(0).intValue()).as("pixels of TCP in %s", plots).isGreaterThan(40);
      assertThat(plot.get(1).intValue()).as("pixels of UDP in %s", plots).isGreaterThan(40);
    }
    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(width);
    assertThat(browser.problems()).isEmpty();
    assertThat(browser.requests()).containsExactly(page);
  }

  /** Without the script they stay open, since nothing else shows their numbers then. */
  @Test
  void aTableTooLongToBeSeenAtOnceIsFoldedBeneathItsPlot() {
    show("light", 1200);

    assertThat(browser.evaluate("document.querySelectorAll('details.long').length").intValue())
        .isPositive();
    assertThat(
            browser.evaluate("document.querySelectorAll('details.long[open]').length").intValue())
        .isZero();
    assertThat(HtmlReport.render(SampleResults.full(1)))
        .contains("<details class=\"long\" open><summary>Numbers")
        .doesNotContain("<details class=\"long\"><summary>Numbers");
  }

  @Test
  void thePointerShowsTheNumbersOfItsPlace() {
    show("light", 1200);

    browser.pointAt(".u-over");

    browser.awaitText(".tip", "of messages took at most");
    assertThat(browser.evaluate("document.querySelector('.tip').textContent").stringValue())
        .contains("TCP", "UDP", "µs");
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void aChangeOfSchemeAndWidthDrawsThePlotsAnew() {
    show("light", 1200);

    browser.look(800, 900, "dark");

    browser.awaitTrue(
        "document.querySelectorAll('.chart canvas').length === %s && (%s)[0][0] > 40"
            .formatted(CHARTS, PIXELS.strip()));
    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(800);
    assertThat(browser.problems()).isEmpty();
  }

  private static void show(String scheme, int width) {
    browser.look(width, 900, scheme);
    browser.open(page);
  }
}
