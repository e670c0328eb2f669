package dev.sockbed.bench.assistant;

import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A headless browser, driven through its DevTools protocol, with one tab. Collects what goes wrong
 * in the page: errors on its console, and exceptions.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();

  /**
   * Starts it.
   *
   * @param profile a folder that is empty
   */
  Chromium(Path profile) {
    Peer.require("chromium");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
                  "chromium",
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-quic",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--disable-dev-shm-usage",
                  "--lang=en-US",
                  "--remote-debugging-port=0",
                  "--remote-allow-origins=*",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("chromium.log").toFile());
      builder.environment().put("TMPDIR", profile.toString());
      process = builder.start();
      socket = connect(profile.resolve("DevToolsActivePort"));
      for (String domain : List.of("Page.enable", "Runtime.enable", "Log.enable")) {
        call(domain, JSON.createObjectNode());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WebSocket connect(Path portFile) {
    await("chromium's port")
        .atMost(PATIENCE)
        .until(() -> Files.exists(portFile) && Files.readAllLines(portFile).size() == 2);
    try {
      String port = Files.readAllLines(portFile).getFirst();
      URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
      String tabs =
          http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      JsonNode tab =
          JSON.readTree(tabs)
              .valueStream()
              .filter(target -> target.path("type").asString("").equals("page"))
              .findFirst()
              .orElseThrow();
      URI url = URI.create(tab.path("webSocketDebuggerUrl").asString(""));
      return http.newWebSocketBuilder().buildAsync(url, new Answers()).join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens an address, and waits until the page and its modules have run. */
  void open(String url) {
    call("Page.navigate", JSON.createObjectNode().put("url", "about:blank"));
    call("Page.navigate", JSON.createObjectNode().put("url", url));
    awaitTrue("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** Sets the size of the page, in CSS pixels, and what it is told of the person's liking. */
  void look(int width, int height, String colorScheme) {
    call(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", colorScheme);
    call("Emulation.setEmulatedMedia", media);
  }

  /** The value of a JavaScript expression; a promise is waited for. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true)
                .put("userGesture", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until an expression is true. */
  void awaitTrue(String expression) {
    await(expression)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> evaluate(expression).asBoolean(false));
  }

  /** Waits until the element that a selector finds contains a text. */
  void awaitText(String selector, String text) {
    awaitTrue(
        "[...document.querySelectorAll(%s)].some(e => !e.hidden && e.textContent.includes(%s))"
            .formatted(quoted(selector), quoted(text)));
  }

  /** Clicks an element. */
  void click(String selector) {
    evaluate("document.querySelector(%s).click()".formatted(quoted(selector)));
  }

  /** Puts text into a field, in place of what is there, by key strokes. */
  void type(String selector, String text) {
    evaluate(
        "(() => { const e = document.querySelector(%s); e.focus(); e.select(); })()"
            .formatted(quoted(selector)));
    call("Input.insertText", JSON.createObjectNode().put("text", text));
  }

  /** Strikes a key in the element that has the focus. */
  void strike(String key, int code) {
    for (String kind : List.of("keyDown", "keyUp")) {
      ObjectNode event =
          JSON.createObjectNode()
              .put("type", kind)
              .put("key", key)
              .put("code", key)
              .put("windowsVirtualKeyCode", code);
      if (key.equals("Enter")) {
        event.put("text", "\r");
      }
      call("Input.dispatchKeyEvent", event);
    }
  }

  /** A picture of the page, as PNG. */
  byte[] screenshot() {
    JsonNode answer = call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
    return answer.path("data").binaryValue();
  }

  /** Errors of the page so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Begins to collect errors anew. */
  void forgetProblems() {
    problems.clear();
  }

  private JsonNode call(String method, ObjectNode parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " " + parameters, e);
    }
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
  }

  /** Sorts what the browser says into answers and problems. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        handle(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void handle(JsonNode message) {
      CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asInt(0));
      if (waiting != null) {
        if (message.has("error")) {
          waiting.completeExceptionally(new AssertionError(message.path("error").toString()));
        } else {
          waiting.complete(message.path("result"));
        }
        return;
      }
      JsonNode parameters = message.path("params");
      boolean isProblem =
          switch (message.path("method").asString("")) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" -> parameters.path("type").asString("").equals("error");
            case "Log.entryAdded" ->
                parameters.path("entry").path("level").asString("").equals("error");
            default -> false;
          };
      if (isProblem) {
        problems.add(parameters.toString());
      }
    }
  }
}
