package dev.sockbed.bench.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The threads of a server that ends when its sockets are closed. */
final class ServerThreads {
  private static final long PATIENCE_MILLIS = 5_000;

  /** What one of them does. */
  interface Work {
    /** Serves until its socket is closed, which may fail it. */
    void run() throws IOException;
  }

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  void start(Work work) {
    Runnable serve =
        () -> {
          try {
            work.run();
          } catch (IOException e) {
            if (!closing) {
              failures.add(e);
            }
          }
        };
    threads.add(Thread.ofPlatform().daemon().name("peer-server").start(serve));
  }

  /** Says that sockets are closed from now on, which is no failure. */
  void closing() {
    closing = true;
  }

  /**
   * Waits for their end.
   *
   * @throws IOException that of the first that failed before its socket was closed
   */
  void join() throws IOException {
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throw failures.element();
    }
  }
}
