package dev.sockbed.bench.assistant;

import dev.sockbed.bench.testing.Tab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AssistantPage.Shared.class)
@Tag("browser")
final class PageCountsTest {
  private final AssistantPage page;
  private final Tab tab;

  PageCountsTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @Test
  void aResetOfTheCountsLeavesTheRows() {
    page.openSession("udp");
    page.addPeerAtOwnPort();
    page.send("four");
    tab.awaitText(".row.received", "four");
    tab.awaitText("#totals", "in 4 B / 1 · out 4 B / 1");
    tab.awaitText("#peers li", "in 4 B / 1 · out 4 B / 1");
    tab.click("#reset-counts");
    tab.awaitText("#totals", "in 0 B / 0 · out 0 B / 0");
    tab.awaitText("#peers li", "in 0 B / 0 · out 0 B / 0");
    tab.awaitText(".row.received", "four");
  }
}
