package dev.sockbed.bench.conformance;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened on the wire during one case. Bounded: of a long case the first events are kept, and
 * of a long message the first bytes. Many threads may write.
 */
public final class WireLog {
  private static final int MOST_EVENTS = 400;
  private static final int SHOWN_BYTES = 32;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final LongSupplier clock;
  private final long startNanos;
  private final List<WireEvent> events = new ArrayList<>();
  private volatile long lastNanos;
  private volatile boolean received;

  /** A log that begins now. */
  public WireLog() {
    this(System::nanoTime);
  }

  /**
   * A log that begins now.
   *
   * @param clock nanoseconds from any beginning, as of {@link System#nanoTime}
   */
  public WireLog(LongSupplier clock) {
    this.clock = clock;
    startNanos = clock.getAsLong();
    lastNanos = startNanos;
  }

  /** Bytes that were sent or received. */
  public void bytes(String who, String what, byte[] bytes) {
    int shown = Math.min(bytes.length, SHOWN_BYTES);
    String hex = HEX.formatHex(bytes, 0, shown) + (shown < bytes.length ? " …" : "");
    add(who, what, bytes.length, hex);
  }

  /** Something without bytes. */
  public void event(String who, String what) {
    add(who, what, 0, null);
  }

  /** Whether any byte came. */
  public boolean hasReceived() {
    return received;
  }

  /** When something happened last, by its clock. */
  public long lastNanos() {
    return lastNanos;
  }

  private synchronized void add(String who, String what, int bytes, @Nullable String hex) {
    lastNanos = clock.getAsLong();
    received = received || what.startsWith("received");
    if (events.size() < MOST_EVENTS) {
      events.add(new WireEvent(lastNanos - startNanos, who, what, bytes, hex));
    }
  }

  /** The events so far. */
  public synchronized List<WireEvent> events() {
    return List.copyOf(events);
  }
}
