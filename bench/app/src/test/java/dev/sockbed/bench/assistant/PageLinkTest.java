package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.testing.Chromium;
import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page's connection to its server breaks; socat stands between them. */
@ExtendWith({AssistantPage.Shared.class, Chromium.Shared.class})
@Tag("browser")
final class PageLinkTest {
  private final AssistantPage page;

  PageLinkTest(AssistantPage page) {
    this.page = page;
  }

  @Test
  void aBrokenStreamIsToldAndTheNextOneGoesOnWhereItEnded(Chromium browser) {
    page.openSession("udp");
    page.addPeerAtOwnPort();
    try (Tab far = browser.open()) {
      try (Peer _ = link()) {
        far.open(page.url().replace("127.0.0.1", "localhost"));
        page.send("before");
        far.awaitText(".row.received", "before");
      }
      far.awaitText("#link-lost", "trying again");
      page.send("meanwhile");
      try (Peer _ = link()) {
        far.awaitText(".row.received", "meanwhile");
        far.awaitTrue("document.querySelector('#link-lost').hidden");
        page.send("after");
        far.awaitText(".row.received", "after");
        assertThat(
                far.evaluate(
                        "[...document.querySelectorAll('.row.received:not([hidden]) .bytes')]"
                            + ".map(e => e.textContent).join()")
                    .asString())
            .isEqualTo("before,meanwhile,after");
      }
    }
  }

  @Test
  void aStreamThatFallsSilentIsGivenUpForANewOne(Chromium browser) throws IOException {
    page.openSession("udp");
    page.addPeerAtOwnPort();
    try (Tab far = browser.open();
        Peer link = link()) {
      far.open(page.url().replace("127.0.0.1", "localhost"));
      page.send("before");
      far.awaitText(".row.received", "before");
      for (ProcessHandle connection : link.process().children().toList()) {
        new ProcessBuilder("kill", "-STOP", String.valueOf(connection.pid())).start();
      }
      page.send("unheard");
      far.awaitText(".row.received", "unheard");
    }
  }

  @Test
  void aPageThatNobodySeesLeavesItsConnectionToOthersAndCatchesUp() {
    Tab tab = page.tab();
    page.openSession("udp");
    page.addPeerAtOwnPort();
    see(false);
    page.send("unseen");
    tab.awaitTrue("document.querySelector('#send-text').value === ''");
    assertThat(tab.text("#totals")).startsWith("in 0 B");
    see(true);
    tab.awaitText(".row.received", "unseen");
    assertThat(tab.evaluate("document.querySelector('#link-lost').hidden").asBoolean()).isTrue();
  }

  private void see(boolean seen) {
    page.tab()
        .evaluate(
            "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
                    .formatted(!seen)
                + "document.dispatchEvent(new Event('visibilitychange'))");
  }

  /** The page at another address, by a way that can break. */
  private Peer link() {
    String port = page.url().replaceAll(".*:(\\d+)/.*", "$1");
    Peer link =
        Peer.start(
            "socat",
            "-d",
            "-d",
            "TCP6-LISTEN:" + port + ",bind=[::1],reuseaddr,fork",
            "TCP4:127.0.0.1:" + port);
    link.awaitOutput("listening on");
    return link;
  }
}
