package dev.sockbed.server.assistant;

import java.time.Duration;
import java.util.List;

/**
 * Shows a transcript's rows as they come, in a thread of its own: a view that is slow misses rows,
 * and is told how many, but holds nobody up.
 */
public final class Follower implements AutoCloseable {
  private static final int MOST_AT_ONCE = 500;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Transcript transcript;
  private final View view;
  private final Thread thread;
  private volatile boolean closing;

  /** Where rows are shown. */
  public interface View {
    /**
     * Shows rows.
     *
     * @param missed how many came before these that were dropped before they could be shown
     */
    void show(List<Row> rows, long missed);
  }

  /** Begins with the next row. */
  public Follower(Transcript transcript, View view) {
    this.transcript = transcript;
    this.view = view;
    long last = transcript.after(Long.MAX_VALUE, 0).lastNumber();
    this.thread = Thread.ofVirtual().name("sockbed-assistant-follow").start(() -> follow(last));
  }

  /** Shows what is there, then no more; waits for that, but no longer than two seconds. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(long begin) {
    long last = begin;
    try {
      while (true) {
        boolean lastLook = closing;
        Transcript.Window window = transcript.after(last, MOST_AT_ONCE);
        if (!window.rows().isEmpty()) {
          long first = window.rows().getFirst().number();
          view.show(window.rows(), first - 1 - Math.max(last, window.clearedUpTo()));
          last = window.rows().getLast().number();
        } else if (lastLook) {
          return;
        } else {
          transcript.awaitAfter(last, LOOK);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
