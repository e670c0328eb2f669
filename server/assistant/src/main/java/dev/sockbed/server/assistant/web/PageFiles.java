package dev.sockbed.server.assistant.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The page's files, which come with the program; there are these and no others. */
final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("/", "index.html"),
          Map.entry("/icon.svg", "icon.svg"),
          Map.entry("/page.css", "page.css"),
          Map.entry("/main.js", "main.js"),
          Map.entry("/server.js", "server.js"),
          Map.entry("/words.js", "words.js"),
          Map.entry("/chinese.js", "chinese.js"),
          Map.entry("/transcript.js", "transcript.js"),
          Map.entry("/detail.js", "detail.js"),
          Map.entry("/session.js", "session.js"),
          Map.entry("/peers.js", "peers.js"),
          Map.entry("/compose.js", "compose.js"),
          Map.entry("/rules.js", "rules.js"));

  private PageFiles() {}

  /** Answers a request for a file. */
  static void serve(HttpExchange exchange) throws IOException, HttpRefusal {
    String name = FILES.get(exchange.getRequestURI().getPath());
    if (name == null) {
      throw new HttpRefusal(404, "missing", "there is nothing here");
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new HttpRefusal(405, "method", "use GET");
    }
    byte[] content = read(name);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    exchange.getResponseHeaders().set("Content-Type", type);
    if (method.equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not in the program");
      }
      return in.readAllBytes();
    }
  }
}
