package dev.sockbed.bench.link.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sockbed.common.SocketFailure;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the control of one link: {@code GET}, {@code POST} and {@code DELETE} of {@code /link}.
 */
public final class ControlServer implements Closeable {
  private static final String PATH = "/link";
  private static final int MOST_BODY_BYTES = 16 << 10;
  private static final int THREADS = 4;
  private static final int BACKLOG = 16;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static {
    // The JDK's server reads its limits once, from properties and nowhere else.
    for (String limit : new String[] {"maxReqTime", "maxRspTime"}) {
      String name = "sun.net.httpserver." + limit;
      if (System.getProperty(name) == null) {
        System.setProperty(name, "30");
      }
    }
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("sockbed-link-control-", 0).factory());
  private final ControlGuard guard = new ControlGuard();
  private final SteeredLink link;

  private ControlServer(HttpServer server, SteeredLink link) {
    this.server = server;
    this.link = link;
  }

  /**
   * Begins to serve.
   *
   * @param where a loopback address; port 0 picks one
   * @param link what is controlled
   * @throws SocketFailure if the address can't be bound
   */
  public static ControlServer open(InetSocketAddress where, SteeredLink link) throws SocketFailure {
    HttpServer http;
    try {
      http = HttpServer.create(where, BACKLOG);
    } catch (IOException e) {
      throw SocketFailure.of("bind " + where, e);
    }
    ControlServer control = new ControlServer(http, link);
    http.setExecutor(control.threads);
    http.createContext("/", control::serve);
    http.start();
    return control;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** What whoever asks has to know. */
  public String token() {
    return guard.token();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        guard.check(exchange);
        answer = answer(exchange);
      } catch (Refusal e) {
        status = e.status();
        answer = JSON.createObjectNode().put("error", e.getMessage());
      }
      byte[] body = (answer.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private JsonNode answer(HttpExchange exchange) throws IOException, Refusal {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      throw new Refusal(404, "there is nothing but " + PATH);
    }
    switch (exchange.getRequestMethod()) {
      case "GET" -> {}
      case "POST" -> link.change(body(exchange));
      case "DELETE" -> link.release();
      default -> throw new Refusal(405, "there is GET, POST and DELETE of " + PATH);
    }
    return link.told(JSON.createObjectNode());
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, Refusal {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
    if (body.length > MOST_BODY_BYTES) {
      throw new Refusal(413, "a change has at most " + MOST_BODY_BYTES + " bytes");
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new Refusal(400, "the body is no JSON: " + e.getOriginalMessage());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
