package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.testing.Tab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong is told on the page, in the person's language; nothing typed is lost. */
@ExtendWith(AssistantPage.Shared.class)
final class PageFaultsTest {
  private static final String PROBLEM = "#problem";

  private final AssistantPage page;
  private final Tab tab;

  PageFaultsTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @BeforeEach
  void openPage() {
    page.openAnew();
  }

  @AfterEach
  void leave() {
    page.leave();
  }

  @Test
  void whatCannotBeSentStaysToBeMended() {
    page.openSession("tcp-server");
    page.send("keep me");
    tab.awaitText(PROBLEM, "nobody is connected");
    assertThat(tab.evaluate("document.querySelector('#send-text').value").asString())
        .isEqualTo("keep me");
    tab.click("input[name=as][value=hex]");
    page.send("48 6");
    tab.awaitText(PROBLEM, "'6' at position 4");
    tab.click("#problem-close");
    tab.awaitTrue("document.querySelector('#problem').hidden");
  }

  @Test
  void anAddressThatCannotBeOpenedIsToldAndAnotherCanBe() throws IOException {
    tab.type("#port", "70000");
    tab.click("#open");
    tab.awaitText(PROBLEM, "65535");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      tab.type("#port", String.valueOf(other.getLocalPort()));
      tab.click("#open");
      tab.awaitText(PROBLEM, "in use");
    }
    tab.type("#host", "192.0.2.1");
    tab.click("#open");
    tab.awaitText(PROBLEM, "--allow-remote");
    assertThat(page.openSession("tcp-server")).isPositive();
    tab.awaitTrue("document.querySelector('#problem').hidden");
  }
}
