package dev.sockbed.server.assistant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What happened, in order: the last {@value #MOST_ROWS} rows, or fewer if they hold more than
 * {@value #MOST_BYTES} bytes. Older ones are dropped and counted.
 */
public final class Transcript {
  /** The most rows kept. */
  public static final int MOST_ROWS = 10_000;

  /** The most bytes kept, over all rows. */
  public static final long MOST_BYTES = 32L << 20;

  /** The most bytes kept of one row. */
  public static final int MOST_BYTES_A_ROW = 64 << 10;

  private final Clock clock;
  private final List<Consumer<Row>> listeners = new CopyOnWriteArrayList<>();

  // Guarded by this.
  private final ArrayDeque<Row> rows = new ArrayDeque<>();
  private long bytes;
  private long lastNumber;
  private long clearedUpTo;
  private long dropped;

  Transcript(Clock clock) {
    this.clock = clock;
  }

  /** Some rows, and where they stand. */
  public record Window(List<Row> rows, long lastNumber, long clearedUpTo, long dropped) {}

  /** Adds a row that is about a peer or the session and has no bytes. */
  void tell(RowKind kind, int peer, String address, String note) {
    add(kind, peer, address, 0, Bytes.NONE, false, note);
  }

  synchronized void add(
      RowKind kind, int peer, String address, int length, Bytes bytes, boolean cut, String note) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Bytes kept = bytes.first(MOST_BYTES_A_ROW);
    lastNumber++;
    Row row = new Row(lastNumber, now, kind, peer, address, length, kept, cut, note);
    rows.addLast(row);
    this.bytes += kept.length();
    while (rows.size() > MOST_ROWS || this.bytes > MOST_BYTES) {
      this.bytes -= rows.removeFirst().bytes().length();
      dropped++;
    }
    for (Consumer<Row> listener : listeners) {
      listener.accept(row);
    }
    notifyAll();
  }

  /** Forgets all rows; their numbers are not used again. */
  public synchronized void clear() {
    rows.clear();
    bytes = 0;
    dropped = 0;
    clearedUpTo = lastNumber;
    notifyAll();
  }

  /** All rows that are kept. */
  public synchronized List<Row> rows() {
    return List.copyOf(rows);
  }

  /**
   * Rows newer than a number, the oldest of them first.
   *
   * @param number that of the last row seen; 0 for none
   * @param most how many at most
   */
  public synchronized Window after(long number, int most) {
    List<Row> newer = new ArrayList<>();
    if (lastNumber > number) {
      // The newest are at the end: walk back to the first wanted one, then forward.
      long wanted = Math.min(rows.size(), lastNumber - number);
      Iterator<Row> oldestFirst = rows.iterator();
      for (long skip = rows.size() - wanted; skip > 0; skip--) {
        oldestFirst.next();
      }
      while (oldestFirst.hasNext() && newer.size() < most) {
        newer.add(oldestFirst.next());
      }
    }
    return new Window(newer, lastNumber, clearedUpTo, dropped);
  }

  /** Waits until there is a row newer than that number, or for so long. */
  public synchronized void awaitAfter(long number, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long left = atMost.toMillis();
    while (lastNumber <= number && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }

  /** How many older rows were dropped since the beginning, or since {@link #clear}. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Has each row from now on given to a listener, which must not wait. */
  public void listen(Consumer<Row> listener) {
    listeners.add(listener);
  }

  /** Ends that. */
  public void unlisten(Consumer<Row> listener) {
    listeners.remove(listener);
  }
}
