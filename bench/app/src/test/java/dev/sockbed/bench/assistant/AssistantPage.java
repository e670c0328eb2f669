package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.testing.Chromium;
import dev.sockbed.bench.testing.Key;
import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The assistant as another process, and its page in a browser: one of each for all tests, because
 * starting them takes seconds. {@code @ExtendWith(AssistantPage.Shared.class)} gives it to whoever
 * has a parameter of this type, opened anew for each test, and left after it.
 */
final class AssistantPage implements AutoCloseable {
  private final Peer assistant;
  private final String url;
  private final Tab tab;

  /** Gives tests the one page. */
  static final class Shared implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      of(context).openAnew();
    }

    @Override
    public void afterEach(ExtensionContext context) {
      of(context).leave();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == AssistantPage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return of(context);
    }

    private static AssistantPage of(ExtensionContext context) {
      Chromium browser = Chromium.Shared.of(context);
      return context
          .getStore(
              ExtensionContext.StoreScope.LAUNCHER_SESSION,
              ExtensionContext.Namespace.create(AssistantPage.class))
          .computeIfAbsent(
              AssistantPage.class, _ -> new AssistantPage(browser), AssistantPage.class);
    }
  }

  private AssistantPage(Chromium browser) {
    assistant = SockbedProcess.start("assistant", "--web", "127.0.0.1:0");
    assistant.awaitOutput("assistant http://");
    url = assistant.output().lines().findFirst().orElseThrow().replace("assistant ", "");
    tab = browser.open();
    tab.look(1200, 720, "light");
  }

  /** The page's address, with its token. */
  String url() {
    return url;
  }

  /** Where the page is. */
  Tab tab() {
    return tab;
  }

  /** Begins anew: no session, no rows, no rules, no complaints; the page just opened. */
  void openAnew() {
    tab.open(url);
    tab.awaitText("#open", "Open");
    tab.evaluate(
        "(async () => { const s = await import('/server.js');"
            + " await s.command('rules', {rules: []}); await s.command('clear'); })()");
    tab.awaitTrue("document.querySelector('#totals').textContent.startsWith('in 0 B')");
    // A test before this one may have had commands refused, which the browser calls an error.
    tab.forgetProblems();
  }

  /** Opens a session on a free port of 127.0.0.1 through the form. */
  int openSession(String mode) {
    return openSession(mode, "127.0.0.1", 0);
  }

  /**
   * Opens a session through the form.
   *
   * @return this end's port
   */
  int openSession(String mode, String host, int port) {
    tab.click("input[name=mode][value=" + mode + "]");
    tab.type("#host", host);
    tab.type("#port", String.valueOf(port));
    tab.click("#open");
    tab.awaitTrue("document.querySelector('#status.open') !== null");
    String status = tab.text("#status");
    return Integer.parseInt(status.substring(status.lastIndexOf(':') + 1));
  }

  /** Over UDP, lists this end itself as a peer: what is sent to it is received at once. */
  void addPeerAtOwnPort() {
    tab.type("#peer-port", tab.text("#status").replaceAll(".*:", ""));
    tab.strike(Key.ENTER);
    tab.awaitText("#peer-count", "1");
  }

  /** Closes the session through the form, if one is open. */
  void closeSession() {
    if (tab.evaluate("document.querySelector('#status.open') !== null").asBoolean()) {
      tab.click("#open");
      tab.awaitTrue("document.querySelector('#status.open') === null");
    }
  }

  /** Ends a test: nothing stays open, and nothing went wrong in the page unseen. */
  private void leave() {
    closeSession();
    // A refused command is told on the page, and the browser notes it on its console as well.
    assertThat(tab.problems()).allMatch(problem -> problem.contains("status of 409"));
    tab.evaluate("localStorage.clear()");
    tab.open("about:blank?nothing");
  }

  /** Types a text to send, and strikes Enter. */
  void send(String text) {
    tab.type("#send-text", text);
    tab.strike(Key.ENTER);
  }

  @Override
  public void close() {
    assistant.close();
  }
}
