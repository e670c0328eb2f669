package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless browser with one tab, steered over the Chrome DevTools Protocol, which is JSON over a
 * WebSocket on loopback.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">the protocol</a>
 */
final class Chromium implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on ws://([^/]+)/");
  private static final JsonMapper JSON = new JsonMapper();

  private final Peer process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> incoming = new LinkedBlockingQueue<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private int lastId;

  /** Starts it, or skips the test where it is not installed. */
  Chromium(Path profile) throws IOException, InterruptedException {
    process =
        Peer.start(
            "chromium",
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--user-data-dir=" + profile,
            "--remote-debugging-port=0",
            "about:blank");
    process.awaitOutput("DevTools listening on");
    Matcher address = LISTENING.matcher(process.errors());
    assertThat(address.find()).isTrue();
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(tab(address.group(1))), new Collector())
            .join();
    for (String domain : List.of("Network", "Runtime", "Log", "Page")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Takes what the browser says, piece by piece. */
  private final class Collector implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
      text.append(piece);
      if (last) {
        incoming.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private String tab(String authority) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + authority + "/json/list")).build();
    String tabs = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    for (JsonNode tab : JSON.readTree(tabs)) {
      if (tab.path("type").stringValue("").equals("page")) {
        return tab.path("webSocketDebuggerUrl").stringValue("");
      }
    }
    throw new AssertionError("no tab in " + tabs);
  }

  /** Gives a command and waits for its result. */
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = ++lastId;
    String command =
        JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(command, true).join();
    JsonNode answer = await(message -> message.path("id").intValue(0) == id);
    assertThat(answer.path("error").isMissingNode()).as("%s: %s", method, answer).isTrue();
    return answer.path("result");
  }

  /** Opens a page and waits until it has loaded; forgets what the page before did. */
  void open(URI page) {
    events.clear();
    call("Page.navigate", Map.of("url", page.toString()));
    if (events.stream().noneMatch(event -> method(event).equals("Page.loadEventFired"))) {
      await(message -> method(message).equals("Page.loadEventFired"));
    }
  }

  /** Evaluates an expression in the page. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    assertThat(result.path("exceptionDetails").isMissingNode()).as("%s", result).isTrue();
    return result.path("result").path("value");
  }

  /** What the page complained of since it was opened: errors, warnings, exceptions. */
  List<String> complaints() {
    return events.stream()
        .filter(event ->
            method(event).equals("Runtime.exceptionThrown")
                || method(event).equals("Log.entryAdded")
                || (method(event).equals("Runtime.consoleAPICalled")
                    && event.path("params").path("type").stringValue("").matches("error|warning")))
        .map(JsonNode::toString)
        .toList();
  }

  /** What was asked of disk or network since the page was opened, the page itself included. */
  List<String> requests() {
    return events.stream()
        .filter(event -> method(event).equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").stringValue(""))
        .toList();
  }

  private JsonNode await(java.util.function.Predicate<JsonNode> wanted) {
    try {
      while (true) {
        JsonNode message = incoming.poll(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (message == null) {
          throw new AssertionError("the browser says nothing more: " + process.errors());
        }
        if (message.has("method")) {
          events.add(message);
        }
        if (wanted.test(message)) {
          return message;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String method(JsonNode message) {
    return message.path("method").stringValue("");
  }

  /** Asks it to end, so that it clears its profile away; ends it if it does not. */
  @Override
  public void close() {
    try {
      socket.sendText("{\"id\": 0, \"method\": \"Browser.close\"}", true).join();
      process.awaitExit();
    } finally {
      socket.abort();
      http.close();
      process.close();
    }
  }
}
