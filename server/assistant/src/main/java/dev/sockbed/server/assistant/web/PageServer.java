package dev.sockbed.server.assistant.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.OnePort;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.SessionSetup;
import dev.sockbed.server.assistant.Target;
import dev.sockbed.server.assistant.script.TranscriptFile;
import dev.sockbed.server.assistant.script.TranscriptFormat;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page. */
public final class PageServer implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);

  /** The most bytes of a command. */
  static final int MOST_COMMAND_BYTES = 4 << 20;

  /** The most bytes of a file that is sent from the page. */
  static final int MOST_FILE_BYTES = 16 << 20;

  private static final int BACKLOG = 64;

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  static {
    // The JDK's server reads its limits once, from properties and nowhere else.
    Map.of(
            "sun.net.httpserver.maxReqTime", "30",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.maxReqHeaders", "60",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            // A connection that asks nothing is soon closed, and until then keeps nobody out.
            "sun.net.httpserver.idleInterval", "5",
            "sun.net.httpserver.clockTick", "1000",
            "jdk.httpserver.maxConnections", "2000")
        .forEach((name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }

  /**
   * How to serve.
   *
   * @param bindHost the host as it was given, whose name the page may then go by
   * @param allowRemote whether the assistant may listen where other machines can reach it
   * @param preset what the form begins with; null for the lesson's
   */
  public record Options(String bindHost, boolean allowRemote, @Nullable SessionSetup preset) {}

  private final Assistant assistant;

  /** One for each address, all on one port. */
  private final List<HttpServer> servers;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PageGuard guard;
  private final PageCommands commands;
  private final EventStream events;

  // Apart from each other, so that files that never end leave room for commands.
  private final RequestBodies commandBodies = new RequestBodies(4 * MOST_COMMAND_BYTES);
  private final RequestBodies fileBodies = new RequestBodies(2 * MOST_FILE_BYTES);

  private PageServer(Assistant assistant, List<HttpServer> servers, Options options) {
    this.assistant = assistant;
    this.servers = servers;
    this.guard = new PageGuard(options.bindHost());
    this.commands = new PageCommands(assistant);
    this.events =
        new EventStream(assistant, StateJson.hello(options.allowRemote(), options.preset()));
  }

  /**
   * Begins to serve.
   *
   * @param where the addresses to bind, with port 0 for any free one, which is then that of all
   * @throws SocketFailure if an address can't be bound
   */
  public static PageServer start(
      Assistant assistant, List<InetSocketAddress> where, Options options) throws SocketFailure {
    OnePort<HttpServer> onePort =
        new OnePort<>(
            PageServer::bound, server -> server.getAddress().getPort(), server -> server.stop(0));
    PageServer page = new PageServer(assistant, onePort.at(where), options);
    for (HttpServer server : page.servers) {
      server.setExecutor(page.threads);
      server.createContext("/", page::serve);
      server.start();
    }
    return page;
  }

  private static HttpServer bound(InetSocketAddress where) throws SocketFailure {
    try {
      return HttpServer.create(where, BACKLOG);
    } catch (IOException e) {
      throw SocketFailure.of("listen " + Address.of(Transport.TCP, where), e);
    }
  }

  /** The first address to open in a browser, with this run's token. */
  public String url() {
    return "http://" + hostAndPort() + "/#" + guard.token();
  }

  /** This run's token. */
  String token() {
    return guard.token();
  }

  /** Where it is bound, first of all. */
  InetSocketAddress localAddress() {
    return servers.getFirst().getAddress();
  }

  private String hostAndPort() {
    InetSocketAddress local = localAddress();
    String address =
        local.getAddress().isAnyLocalAddress()
            ? "tcp://localhost:" + local.getPort()
            : Address.of(Transport.TCP, local).toString();
    return address.substring(address.indexOf("://") + "://".length());
  }

  /** Ends all streams, and serves no more. */
  @Override
  public void close() {
    events.close();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) {
    try (exchange) {
      setHeaders(exchange.getResponseHeaders());
      try {
        guard.checkOrigin(exchange);
        route(exchange);
      } catch (HttpRefusal e) {
        refuse(exchange, e.status(), e.fault(), String.valueOf(e.getMessage()));
      } catch (AssistantException e) {
        refuse(exchange, 409, e.fault().label(), e.text());
      }
    } catch (IOException theViewerIsGone) {
      LOG.debug("a viewer went away", theViewerIsGone);
    } catch (RuntimeException e) {
      LOG.error("a fault in serving the page", e);
    }
  }

  private static void setHeaders(Headers headers) {
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    // A browser whose network broke without a word would ask again by each idle connection it has.
    headers.set("Connection", "close");
  }

  private void route(HttpExchange exchange) throws IOException, HttpRefusal, AssistantException {
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith("/api/")) {
      PageFiles.serve(exchange);
      return;
    }
    guard.checkToken(exchange);
    String wanted =
        switch (path) {
          case "/api/events", "/api/transcript" -> "GET";
          case "/api/command", "/api/file" -> "POST";
          default -> throw new HttpRefusal(404, "missing", "there is nothing here");
        };
    if (!exchange.getRequestMethod().equals(wanted)) {
      throw new HttpRefusal(405, "method", "use " + wanted);
    }
    Map<String, String> query = query(exchange);
    switch (path) {
      case "/api/events" -> events.serve(exchange, after(query));
      case "/api/transcript" -> transcript(exchange, query.getOrDefault("format", "text"));
      case "/api/command" -> {
        checkType(exchange, "application/json");
        commandBodies.read(exchange, MOST_COMMAND_BYTES, commands::run);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> {
        checkType(exchange, "application/octet-stream");
        Target target = Target.parse(query.getOrDefault("to", "all"));
        String name = query.getOrDefault("name", "file");
        fileBodies.read(
            exchange,
            MOST_FILE_BYTES,
            content -> assistant.sendFile(target, name, Bytes.of(content)));
        exchange.sendResponseHeaders(204, -1);
      }
    }
  }

  private void transcript(HttpExchange exchange, String format) throws IOException {
    boolean json = format.equals("json");
    String content =
        TranscriptFile.write(
            assistant.transcript().rows(), json ? TranscriptFormat.JSON : TranscriptFormat.TEXT);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", (json ? "application/jsonl" : "text/plain") + "; charset=utf-8");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void checkType(HttpExchange exchange, String wanted) throws HttpRefusal {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(wanted)) {
      throw new HttpRefusal(415, "type", "Content-Type must be " + wanted);
    }
  }

  private static long after(Map<String, String> query) throws HttpRefusal {
    String after = query.getOrDefault("after", "0");
    if (!after.matches("\\d{1,18}")) {
      throw new HttpRefusal(400, "bad-request", "after must be a row's number");
    }
    return Long.parseLong(after);
  }

  private static Map<String, String> query(HttpExchange exchange) throws HttpRefusal {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : (raw == null ? "" : raw).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      try {
        query.put(
            parts[0], URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new HttpRefusal(400, "bad-request", "the query can't be read");
      }
    }
    return query;
  }

  private static void refuse(HttpExchange exchange, int status, String fault, String message)
      throws IOException {
    byte[] body = StateJson.problem(fault, message).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
