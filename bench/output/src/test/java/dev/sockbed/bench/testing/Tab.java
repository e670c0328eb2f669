package dev.sockbed.bench.testing;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
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
 * A window of the browser, with one page. Collects what goes wrong in it: errors on its console,
 * and exceptions.
 */
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  Tab(HttpClient http, URI debugger) {
    socket = http.newWebSocketBuilder().buildAsync(debugger, new Answers()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", JSON.createObjectNode());
    }
  }

  /** Opens an address, and waits until the page and its modules have run. */
  public void open(String url) {
    call("Page.navigate", JSON.createObjectNode().put("url", "about:blank"));
    requests.clear();
    call("Page.navigate", JSON.createObjectNode().put("url", url));
    awaitTrue("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** Sets the size of the page, in CSS pixels, and what it is told of the person's liking. */
  public void look(int width, int height, String colorScheme) {
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

  /** Sets the languages that the browser says its person prefers, as in Accept-Language. */
  public void prefer(String languages) {
    String agent = evaluate("navigator.userAgent").asString();
    call(
        "Emulation.setUserAgentOverride",
        JSON.createObjectNode().put("userAgent", agent).put("acceptLanguage", languages));
  }

  /** The value of a JavaScript expression; a promise is waited for. */
  public JsonNode evaluate(String expression) {
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

  /** The text of the first element that a selector finds. */
  public String text(String selector) {
    return evaluate("document.querySelector(%s).textContent".formatted(quoted(selector)))
        .asString();
  }

  /** Waits until an expression is true. */
  public void awaitTrue(String expression) {
    await(expression)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> evaluate(expression).asBoolean(false));
  }

  /** Waits until an element that a selector finds contains a text, and is not hidden. */
  public void awaitText(String selector, String text) {
    awaitTrue(
        "[...document.querySelectorAll(%s)].some(e => !e.hidden && e.textContent.includes(%s))"
            .formatted(quoted(selector), quoted(text)));
  }

  /** Clicks an element. */
  public void click(String selector) {
    evaluate("document.querySelector(%s).click()".formatted(quoted(selector)));
  }

  /** Puts text into a field, in place of what is there, by key strokes. */
  public void type(String selector, String text) {
    evaluate(
        "(() => { const e = document.querySelector(%s); e.focus(); e.select(); })()"
            .formatted(quoted(selector)));
    call("Input.insertText", JSON.createObjectNode().put("text", text));
  }

  /** Chooses an option of a list by its value. */
  public void choose(String selector, String value) {
    evaluate(
        """
        (e => { e.value = %s; e.dispatchEvent(new Event('change', {bubbles: true})); })
          (document.querySelector(%s))
        """
            .formatted(quoted(value), quoted(selector)));
  }

  /** Gives a field for files one of this machine's. */
  public void chooseFile(String selector, Path file) {
    JsonNode root = call("DOM.getDocument", JSON.createObjectNode()).path("root");
    JsonNode found =
        call(
            "DOM.querySelector",
            JSON.createObjectNode()
                .put("nodeId", root.path("nodeId").asInt())
                .put("selector", selector));
    ObjectNode chosen = JSON.createObjectNode().put("nodeId", found.path("nodeId").asInt());
    chosen.putArray("files").add(file.toString());
    call("DOM.setFileInputFiles", chosen);
  }

  /** Has what is downloaded from now on saved in a folder, without asking. */
  public void downloadTo(Path folder) {
    call(
        "Browser.setDownloadBehavior",
        JSON.createObjectNode().put("behavior", "allow").put("downloadPath", folder.toString()));
  }

  /** Strikes a key in the element that has the focus. */
  public void strike(Key key) {
    for (String kind : List.of("keyDown", "keyUp")) {
      ObjectNode event =
          JSON.createObjectNode()
              .put("type", kind)
              .put("key", key.key())
              .put("code", key.key())
              .put("modifiers", key.modifiers())
              .put("windowsVirtualKeyCode", key.code());
      if (!key.text().isEmpty()) {
        event.put("text", key.text());
      }
      call("Input.dispatchKeyEvent", event);
    }
  }

  /** Moves the pointer into the middle of an element. */
  public void pointAt(String selector) {
    JsonNode middle =
        evaluate(
            """
            (e => {
              e.scrollIntoView({block: 'center'});
              const box = e.getBoundingClientRect();
              return {x: box.left + box.width / 2, y: box.top + box.height / 2};
            })(document.querySelector(%s))
            """
                .formatted(quoted(selector)));
    call(
        "Input.dispatchMouseEvent",
        JSON.createObjectNode()
            .put("type", "mouseMoved")
            .put("x", middle.path("x").doubleValue())
            .put("y", middle.path("y").doubleValue()));
  }

  /** A picture of the page, as PNG. */
  public byte[] screenshot() {
    JsonNode answer = call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
    return answer.path("data").binaryValue();
  }

  /** What was asked of disk or network since the last {@link #open}, its page included. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Errors of the page so far. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Begins to collect errors anew. */
  public void forgetProblems() {
    problems.clear();
  }

  /** Gives the browser a command of the protocol, and waits for the answer. */
  public JsonNode call(String method, ObjectNode parameters) {
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

  /** A text as JavaScript has it, in quotes. */
  public static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  /** Closes the window. */
  @Override
  public void close() {
    call("Page.close", JSON.createObjectNode());
    socket.abort();
  }

  /** Gives up talking to it, since the browser ends. */
  void abort() {
    socket.abort();
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
      String method = message.path("method").asString("");
      if (method.equals("Network.requestWillBeSent")) {
        requests.add(parameters.path("request").path("url").asString(""));
      }
      boolean isProblem =
          switch (method) {
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
