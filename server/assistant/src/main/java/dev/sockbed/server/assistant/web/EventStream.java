package dev.sockbed.server.assistant.web;

import com.sun.net.httpserver.HttpExchange;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.Transcript;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Tells viewers what happens, as server-sent events: {@code hello} once, {@code state} whenever it
 * has changed, {@code rows} as they come. A stream ends after a while, and the viewer asks for the
 * next one from where it is; so one that does not read is got rid of by the limit on responses.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class EventStream {
  /** The most viewers at a time. */
  static final int MOST_VIEWERS = 16;

  /** How long one stream lasts; shorter than a response may take. */
  static final Duration LIFE = Duration.ofSeconds(45);

  private static final int MOST_ROWS_AT_ONCE = 500;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final long PING_NANOS = 2_000_000_000L;

  private final Assistant assistant;
  private final String hello;
  private final Semaphore viewers = new Semaphore(MOST_VIEWERS);
  private volatile boolean closed;

  /**
   * Streams what an assistant does.
   *
   * @param hello the first event of each stream, as JSON
   */
  EventStream(Assistant assistant, String hello) {
    this.assistant = assistant;
    this.hello = hello;
  }

  /** Ends all streams soon. */
  void close() {
    closed = true;
  }

  /**
   * Streams until the viewer is gone or the stream's life is over.
   *
   * @param after the number of the last row that the viewer has; 0 for none
   */
  void serve(HttpExchange exchange, long after) throws IOException, HttpRefusal {
    if (!viewers.tryAcquire()) {
      throw new HttpRefusal(
          503, "viewers", "there are " + MOST_VIEWERS + " viewers already; close a tab");
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      stream(exchange.getResponseBody(), after);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      viewers.release();
    }
  }

  private void stream(OutputStream out, long after) throws IOException, InterruptedException {
    Transcript transcript = assistant.transcript();
    send(out, "hello", hello);
    long end = System.nanoTime() + LIFE.toNanos();
    long lastSent = System.nanoTime();
    long last = after;
    String told = "";
    while (!closed && System.nanoTime() < end) {
      Transcript.Window window = transcript.after(last, MOST_ROWS_AT_ONCE);
      String state = StateJson.state(assistant.state(), window);
      if (!state.equals(told)) {
        send(out, "state", state);
        told = state;
        lastSent = System.nanoTime();
      }
      if (!window.rows().isEmpty()) {
        send(out, "rows", StateJson.rows(window.rows()));
        last = window.rows().getLast().number();
        lastSent = System.nanoTime();
      }
      if (System.nanoTime() - lastSent > PING_NANOS) {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        lastSent = System.nanoTime();
      }
      if (last >= window.lastNumber()) {
        transcript.awaitAfter(last, LOOK);
      }
      // Rows that come close together go together, and a flood takes its turns.
      Thread.sleep(30);
    }
  }

  private static void send(OutputStream out, String event, String data) throws IOException {
    // JSON has no line ends outside of strings, and escapes those inside.
    out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
