package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.SampleResults;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The page as a browser shows it: offline, without complaint, its plots drawn. */
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

  private static Chromium browser;
  private static URI page;

  @BeforeAll
  static void openBrowser(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("compare.html");
    Files.writeString(file, HtmlReport.render(SampleResults.full(1)));
    page = file.toUri();
    browser = new Chromium(folder.resolve("profile"));
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"light, 1200", "dark, 1200", "light, 400", "dark, 400"})
  void theScreenShowsEveryPlotWithoutComplaintOrRequest(String scheme, int width)
      throws IOException {
    show(scheme, width);

    JsonNode plots = browser.evaluate(PIXELS);
    assertThat(plots).hasSize(CHARTS);
    for (JsonNode plot : plots) {
      assertThat(plot.get(0).intValue()).as("pixels of TCP in %s", plots).isGreaterThan(200);
      assertThat(plot.get(1).intValue()).as("pixels of UDP in %s", plots).isGreaterThan(200);
    }
    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(width);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsExactly(page.toString());
  }

  @Test
  void thePointerShowsTheNumbersOfItsPlace() {
    show("light", 1200);
    browser.evaluate("document.querySelector('.plot').scrollIntoView({block: 'center'})");
    JsonNode place =
        browser.evaluate(
            """
            (r => ({x: r.left + r.width / 2, y: r.top + r.height / 2}))
              (document.querySelector('.u-over').getBoundingClientRect())
            """);
    browser.call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type", "mouseMoved",
            "x", place.path("x").doubleValue(),
            "y", place.path("y").doubleValue()));

    // The plot follows the pointer with the next frame.
    String tip =
        org.awaitility.Awaitility.await()
            .until(
                () -> browser.evaluate("document.querySelector('.tip').textContent").stringValue(),
                text -> !text.isEmpty());
    assertThat(tip).contains("of messages took at most", "TCP", "UDP", "µs");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aChangeOfSchemeOrWidthDrawsThePlotsAnew() {
    show("light", 1200);
    emulate("dark", 800);

    org.awaitility.Awaitility.await()
        .untilAsserted(() -> {
          JsonNode plots = browser.evaluate(PIXELS);
          assertThat(plots).hasSize(CHARTS);
          assertThat(plots.get(0).get(0).intValue()).isGreaterThan(200);
        });
    assertThat(browser.complaints()).isEmpty();
  }

  private static void show(String scheme, int width) {
    emulate(scheme, width);
    browser.open(page);
  }

  private static void emulate(String scheme, int width) {
    browser.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 2, "mobile", width < 500));
  }
}
