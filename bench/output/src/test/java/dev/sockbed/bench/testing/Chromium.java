package dev.sockbed.bench.testing;

import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless browser, whose windows are driven through its DevTools protocol. Starting one takes
 * seconds, so all tests share one: {@code @ExtendWith(Chromium.Shared.class)} gives it to whoever
 * has a parameter of this type.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path profile;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String authority;

  /** The window that it begins with, which opens the others. */
  private final Tab first;

  /** Gives tests the one browser; it ends after the last test. */
  public static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return of(context);
    }

    /** The browser of this run, which is started if nobody has asked for it yet. */
    public static Chromium of(ExtensionContext context) {
      return context
          .getStore(
              ExtensionContext.StoreScope.LAUNCHER_SESSION,
              ExtensionContext.Namespace.create(Chromium.class))
          .computeIfAbsent(Chromium.class, _ -> new Chromium(), Chromium.class);
    }
  }

  private Chromium() {
    Peer.require("chromium");
    try {
      profile = Files.createTempDirectory("sockbed-browser");
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
                  // A name that leads to one address, so that a test can stand in the way.
                  "--host-resolver-rules=MAP localhost [::1]",
                  "--lang=en-US",
                  "--remote-debugging-port=0",
                  "--remote-allow-origins=*",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("chromium.log").toFile());
      builder.environment().put("TMPDIR", profile.toString());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    authority = "127.0.0.1:" + port();
    first = tab(target -> target.path("type").asString("").equals("page"));
  }

  private String port() {
    Path file = profile.resolve("DevToolsActivePort");
    List<String> lines =
        await("chromium's port")
            .atMost(PATIENCE)
            .until(
                () -> Files.exists(file) ? Files.readAllLines(file) : List.of(),
                read -> read.size() == 2);
    return lines.getFirst();
  }

  /** Opens another window; unlike another tab of the same window, it is seen all the time. */
  public Tab open() {
    JsonNode created =
        first.call(
            "Target.createTarget",
            JSON.createObjectNode().put("url", "about:blank").put("newWindow", true));
    String id = created.path("targetId").asString("");
    return tab(target -> target.path("id").asString("").equals(id));
  }

  private Tab tab(java.util.function.Predicate<JsonNode> wanted) {
    try {
      HttpRequest list =
          HttpRequest.newBuilder(URI.create("http://" + authority + "/json")).build();
      JsonNode target =
          JSON.readTree(http.send(list, HttpResponse.BodyHandlers.ofString()).body())
              .valueStream()
              .filter(wanted)
              .findFirst()
              .orElseThrow();
      return new Tab(http, URI.create(target.path("webSocketDebuggerUrl").asString("")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    first.abort();
    http.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
