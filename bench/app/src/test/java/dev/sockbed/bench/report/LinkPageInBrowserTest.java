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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What was found over emulated links, as a browser shows it. */
@ExtendWith(Chromium.Shared.class)
@Tag("browser")
class LinkPageInBrowserTest {
  /** Of each place that is ahead: whether it has UDP's colour, and is bold. */
  private static final String AHEAD =
      """
      [...document.querySelectorAll('.grid td.ahead')].map(place => {
        const probe = document.createElement('i');
        probe.className = 'udp';
        document.body.appendChild(probe);
        const wanted = getComputedStyle(probe).color;
        probe.remove();
        const style = getComputedStyle(place);
        return style.color === wanted && Number(style.fontWeight) > 600;
      })
      """;

  /** How wide the dots of each way of sending are spread, and how high. */
  private static final String SPREADS =
      """
      [...document.querySelectorAll('.picture path.dots')].map(path => {
        const box = path.getBBox();
        return [box.width, box.height, getComputedStyle(path).stroke];
      })
      """;

  private static Tab browser;
  private static String page;

  @BeforeAll
  static void openBrowser(@TempDir Path folder, Chromium chromium) throws IOException {
    Path file = folder.resolve("compare.html");
    Files.writeString(file, HtmlReport.render(SampleResults.overLinks()));
    page = file.toUri().toString();
    browser = chromium.open();
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"light, 1200", "dark, 1200", "light, 400", "dark, 400"})
  void lossesAndDelaysAndEachMessageAreShown(String scheme, int width) {
    browser.forgetProblems();
    browser.look(width, 900, scheme);
    browser.open(page);

    assertThat(browser.evaluate(AHEAD)).hasSize(6).allMatch(JsonNode::booleanValue);
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
    JsonNode spreads = browser.evaluate(SPREADS);
    assertThat(spreads).hasSize(3 * 9);
    for (JsonNode spread : spreads) {
      assertThat(spread.get(0).doubleValue()).as("width of %s", spreads).isGreaterThan(300);
      assertThat(spread.get(2).stringValue()).startsWith("rgb(");
    }
    // Over TCP those behind a lost message wait, which makes ramps.
    assertThat(spreads.get(0).get(1).doubleValue()).isGreaterThan(60);
    assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(width);
    assertThat(browser.problems()).isEmpty();
    assertThat(browser.requests()).containsExactly(page);
  }
}
