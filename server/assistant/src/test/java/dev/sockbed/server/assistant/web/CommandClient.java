package dev.sockbed.server.assistant.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends commands as the page does, one after the other. */
final class CommandClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final PageServer page;

  CommandClient(PageServer page) {
    this.page = page;
  }

  /**
   * Sends one, as JSON.
   *
   * @return the HTTP status
   */
  int post(String body) {
    URI uri = URI.create("http://127.0.0.1:" + page.localAddress().getPort() + "/api/command");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-Sockbed-Token", page.token())
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).join().statusCode();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
