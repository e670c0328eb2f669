package dev.sockbed.server.assistant.web;

import com.sun.net.httpserver.HttpExchange;
import dev.sockbed.server.assistant.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads requests' bodies, and holds only so many bytes of all of them at a time: bodies that never
 * end would fill the memory otherwise.
 */
final class RequestBodies {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Semaphore chunks;

  /**
   * Holds no more than that at a time, over all bodies.
   *
   * @param mostBytes at least the longest body
   */
  RequestBodies(int mostBytes) {
    this.chunks = new Semaphore(mostBytes / CHUNK_BYTES);
  }

  /** What to do with a body; it is not kept afterwards. */
  interface Work<E extends Exception> {
    void on(byte[] body) throws IOException, HttpRefusal, E;
  }

  /**
   * Reads a body and works on it.
   *
   * @param most the longest it may be, in bytes
   * @throws HttpRefusal if it is longer, or the other bodies that are held leave no room for it
   */
  <E extends Exception> void read(HttpExchange exchange, int most, Work<E> work)
      throws IOException, HttpRefusal, E {
    int held = 0;
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      InputStream in = exchange.getRequestBody();
      byte[] chunk = in.readNBytes(CHUNK_BYTES);
      while (chunk.length > 0) {
        if (body.size() + chunk.length > most) {
          throw new HttpRefusal(
              413,
              Fault.BAD_INPUT.label(),
              "at most " + (most >> 20) + " MiB can be sent from the page");
        }
        if (!chunks.tryAcquire()) {
          throw new HttpRefusal(
              503, Fault.BUSY.label(), "too much is being sent from pages; try again soon");
        }
        held++;
        body.write(chunk);
        chunk = in.readNBytes(CHUNK_BYTES);
      }
      work.on(body.toByteArray());
    } finally {
      chunks.release(held);
    }
  }
}
