package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.testing.Chromium;
import dev.sockbed.bench.testing.Key;
import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page shows things: in two tabs, two languages, two themes, by keyboard. */
@ExtendWith({AssistantPage.Shared.class, Chromium.Shared.class})
@Tag("browser")
final class PageViewsTest {
  private final AssistantPage page;
  private final Tab tab;

  PageViewsTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @Test
  void twoTabsSeeTheSameAndPickForThemselves(Chromium browser) {
    String seen =
        "[...document.querySelectorAll('.row:not([hidden]), #peers li, #status, #totals, #rules"
            + " li')].map(e => e.textContent).join('\\n')";
    int port = page.openSession("udp");
    String peers =
        """
        import socket, sys
        for name in (b'one', b'two'):
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.sendto(name, ('127.0.0.1', int(sys.argv[1])))
        """;
    try (Peer python = Peer.python(peers, port);
        Tab second = browser.open()) {
      assertThat(python.awaitExit()).isZero();
      second.look(1200, 720, "light");
      second.open(page.url());
      tab.awaitText("#peer-count", "2");
      second.awaitText(".row.received", "two");
      second.click("#peers input");
      second.awaitText("#send-to", "127.0.0.1:");
      assertThat(tab.text("#send-to")).isEqualTo("all 2");
      page.send("to both");
      second.awaitTrue("document.querySelectorAll('.row.sent').length === 2");
      tab.click("#pause");
      second.awaitTrue("document.querySelector('#pause').ariaPressed === 'false'");
      tab.click("#pause");
      tab.click("#rules-details summary");
      tab.click("#rule-form button");
      second.awaitText("#rule-count", "1");
      tab.awaitText("#rule-count", "1");
      tab.awaitTrue("document.querySelectorAll('.row.sent').length === 2");
      tab.awaitText("#totals", "out 14 B / 2");
      second.awaitText("#totals", "out 14 B / 2");
      assertThat(second.evaluate(seen)).isEqualTo(tab.evaluate(seen));
      second.click("#clear");
      tab.awaitTrue("document.querySelectorAll('.row:not([hidden])').length === 0");
      page.closeSession();
      second.awaitText("#status", "Nothing is open");
      assertThat(second.problems()).isEmpty();
    }
  }

  @Test
  void theLanguageIsTheBrowsersUntilThePersonSwitches(Chromium browser) {
    assertThat(tab.text("#open")).isEqualTo("Open");
    try (Tab chinese = browser.open()) {
      chinese.prefer("zh-CN,zh;q=0.9,en;q=0.8");
      chinese.open(page.url());
      chinese.awaitText("#open", "打开");
      assertThat(chinese.evaluate("document.documentElement.lang").asString()).isEqualTo("zh-CN");
      assertThat(englishLeft(chinese)).isEmpty();
      chinese.click("#language");
      chinese.awaitText("#open", "Open");
      chinese.open(page.url());
      chinese.awaitText("#open", "Open");
      assertThat(chinese.problems()).isEmpty();
    }
  }

  /** The texts of the page, shown or not, that have an English word in them. */
  private static String englishLeft(Tab chinese) {
    return chinese
        .evaluate(
            """
            [...document.querySelectorAll('[data-word], [data-label], [data-hint]')]
              .flatMap(e => [e.dataset.word && e.textContent, e.ariaLabel, e.placeholder])
              .filter(text => text
                && /[A-Za-z]{3,}/.test(text.replace(/JSON|Shift|RST|TCP (Server|Client)|UDP/g, '')))
              .join()
            """)
        .asString();
  }

  @Test
  void theThemeIsTheSystemsUntilThePersonSwitches() {
    String paper = "getComputedStyle(document.body).backgroundColor";
    String light = tab.evaluate(paper).asString();
    tab.look(1200, 720, "dark");
    tab.awaitTrue(paper + " !== '" + light + "'");
    tab.click("#theme");
    tab.awaitTrue(paper + " === '" + light + "'");
    tab.open(page.url());
    assertThat(tab.evaluate(paper).asString()).isEqualTo(light);
    tab.look(1200, 720, "light");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void textIsDarkEnoughOnItsGround(String scheme) {
    tab.look(1200, 720, scheme);
    String worst =
        tab.evaluate(
                """
                (() => {
                  const style = getComputedStyle(document.documentElement);
                  const light = name => {
                    const hex = style.getPropertyValue('--' + name).trim().slice(1);
                    const [r, g, b] = hex.match(/../g).map(pair => parseInt(pair, 16) / 255)
                      .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                  };
                  return ['ink card', 'ink paper', 'soft card', 'soft paper', 'in card', 'out card', 'in in-bg',
                      'out out-bg', 'bad bad-bg', 'bad card', 'cut cut-bg', 'accent-ink accent', 'ink pick',
                      'soft pick', 'in pick', 'out pick', 'ink hair']
                    .filter(pair => {
                      const [a, b] = pair.split(' ').map(light).sort((x, y) => y - x);
                      return (a + 0.05) / (b + 0.05) < 4.5;
                    }).join();
                })()
                """)
            .asString();
    tab.look(1200, 720, "light");
    assertThat(worst).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void aPageOf400PixelsNeedsNoScrollingAside(String language) {
    int port = page.openSession("tcp-server");
    String wide =
        """
        import socket, sys
        s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
        s.sendall(b'w' * 100); sys.stdin.readline()
        """;
    try (Peer python = Peer.python(wide, port)) {
      tab.awaitText(".row.received", "wwww");
      tab.look(400, 860, "light");
      if (language.equals("zh")) {
        tab.click("#language");
      }
      tab.click("#rules-details summary");
      assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(400);
      assertThat(
              tab.evaluate(
                      "[...document.querySelectorAll('button, input, select, textarea')]"
                          + ".filter(e => e.getBoundingClientRect().right > 400"
                          + " && !e.closest('.unseen')).map(e => e.id).join()")
                  .asString())
          .isEmpty();
      tab.look(1200, 720, "light");
      python.type("\n");
    }
  }

  @Test
  void everythingIsReachedAndWorkedByKeys() {
    Set<String> reached = new LinkedHashSet<>();
    for (int i = 0; i < 40; i++) {
      tab.strike(Key.TAB);
      reached.add(
          tab.evaluate("document.activeElement.id || document.activeElement.name").asString());
    }
    assertThat(reached)
        .contains("mode", "host", "port", "limit", "open", "pick-all", "search", "view", "pause")
        .contains("save-text", "save-json", "clear", "list", "send-text", "send", "as", "ending")
        .contains("interval", "repeat", "send-file", "language", "theme");

    // Choose UDP by an arrow key, open by Enter, send to a peer that is added by keys.
    tab.evaluate("document.querySelector('input[name=mode]:checked').focus()");
    tab.strike(Key.LEFT);
    tab.awaitTrue("document.querySelector('input[value=udp]').checked");
    tab.type("#port", "0");
    tab.strike(Key.ENTER);
    tab.awaitTrue("document.querySelector('#status.open') !== null");
    page.addPeerAtOwnPort();
    tab.evaluate("document.querySelector('#send-text').focus()");
    page.send("first");
    tab.awaitText(".row.received", "first");
    awaitTaken();
    page.send("second");
    tab.awaitText(".row.received", "second");
    awaitTaken();

    tab.strike(Key.UP.withAlt());
    assertThat(sendText()).isEqualTo("second");
    tab.strike(Key.UP.withAlt());
    assertThat(sendText()).isEqualTo("first");
    tab.strike(Key.DOWN.withAlt());
    assertThat(sendText()).isEqualTo("second");
    tab.strike(Key.ENTER.withShift());
    assertThat(sendText()).isEqualTo("second\n");

    tab.evaluate("document.querySelector('#list').focus()");
    tab.strike(Key.SLASH);
    assertThat(tab.evaluate("document.activeElement.id").asString()).isEqualTo("search");
    tab.type("#search", "first");
    tab.awaitTrue("document.querySelector('#list').getAttribute('aria-rowcount') === '2'");
    tab.strike(Key.ESCAPE);
    tab.awaitTrue("document.querySelector('#search').value === ''");

    tab.evaluate("document.querySelector('#list').focus()");
    tab.strike(Key.HOME);
    tab.awaitText("#detail-title", "#");
    tab.awaitText("#detail-title", "opened");
    tab.strike(Key.END);
    tab.awaitText("#detail-bytes", "second");
    tab.strike(Key.UP);
    tab.awaitText("#detail-title", "sent");
    tab.strike(Key.ESCAPE);
    tab.awaitTrue("document.querySelector('#detail').hidden");
  }

  @Test
  void whatIsTypedWhileTheAssistantIsSlowStays() {
    page.openSession("udp");
    page.addPeerAtOwnPort();
    tab.evaluate(
        """
        window.usualFetch = window.fetch;
        window.fetch = async (...request) => {
          const answer = await window.usualFetch(...request);
          if (!request[0].includes('command')) return answer;
          await new Promise(go => { window.letTheAnswerCome = go; });
          return answer;
        };
        undefined
        """);
    page.send("first");
    tab.awaitTrue("window.letTheAnswerCome !== undefined");
    tab.type("#send-text", "second");
    tab.evaluate("document.activeElement.blur()");
    tab.evaluate("window.letTheAnswerCome()");
    // Then the page is ready for more.
    tab.awaitTrue("document.activeElement.id === 'send-text'");
    assertThat(sendText()).isEqualTo("second");
    tab.strike(Key.UP.withAlt());
    assertThat(sendText()).isEqualTo("first");
    tab.evaluate("window.fetch = window.usualFetch");
  }

  private void awaitTaken() {
    tab.awaitTrue("document.querySelector('#send-text').value === ''");
  }

  private String sendText() {
    return tab.evaluate("document.querySelector('#send-text').value").asString();
  }
}
