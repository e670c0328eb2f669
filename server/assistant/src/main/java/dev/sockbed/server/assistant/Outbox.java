package dev.sockbed.server.assistant;

import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent, and the thread that sends it, which is started by the first message. So
 * whoever sends never waits for a peer that does not read.
 */
final class Outbox {
  /** The most messages that wait. */
  static final int MOST_MESSAGES = 1024;

  /** The most bytes that wait; one longer message is taken when nothing waits. */
  static final long MOST_BYTES = 4L << 20;

  /** Something, and whom it is for. */
  record Parcel(Peer to, Outgoing what) {}

  private final String threadName;
  private final Consumer<Parcel> deliver;
  private final Runnable afterLast;

  // Guarded by this.
  private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean finished;
  private @Nullable Thread sender;

  /**
   * An empty one.
   *
   * @param deliver sends a parcel; may wait
   * @param afterLast what to do when all is sent and {@link #finish} was called
   */
  Outbox(String threadName, Consumer<Parcel> deliver, Runnable afterLast) {
    this.threadName = threadName;
    this.deliver = deliver;
    this.afterLast = afterLast;
  }

  /** Takes a parcel, or refuses it because too much waits or no more is taken. */
  synchronized boolean offer(Parcel parcel) {
    int bytes = parcel.what().waitingBytes();
    boolean full = waiting.size() >= MOST_MESSAGES || waitingBytes + bytes > MOST_BYTES;
    if (finished || (full && !waiting.isEmpty()) || !hasSender()) {
      return false;
    }
    waiting.addLast(parcel);
    waitingBytes += bytes;
    parcel.to().queued(parcel.what());
    notifyAll();
    return true;
  }

  /**
   * Starts the sending thread with the first parcel, and with the next one if there is none now.
   */
  private boolean hasSender() {
    if (sender == null) {
      try {
        sender = ThreadKind.PLATFORM.start(threadName, this::run);
      } catch (OutOfMemoryError noThread) {
        return false;
      }
    }
    return true;
  }

  /** Takes no more; what waits is sent, then the last action runs. */
  synchronized void finish() {
    if (finished) {
      return;
    }
    finished = true;
    if (sender == null) {
      afterLast.run();
    }
    notifyAll();
  }

  /**
   * Throws away what waits. Each of it is to be {@linkplain Peer#abandoned told} then.
   *
   * @return what it was
   */
  synchronized List<Parcel> abandon() {
    List<Parcel> abandoned = new ArrayList<>(waiting);
    waiting.clear();
    waitingBytes = 0;
    return abandoned;
  }

  /** Waits until the sending thread has ended, which has a bound for each send only. */
  void ended() throws InterruptedException {
    Thread thread;
    synchronized (this) {
      thread = sender;
    }
    if (thread != null) {
      thread.join();
    }
  }

  /** Waits until the sending thread has ended, but no longer than that. */
  boolean ended(Duration atMost) throws InterruptedException {
    Thread thread;
    synchronized (this) {
      thread = sender;
    }
    return thread == null || thread.join(atMost);
  }

  private void run() {
    Parcel next;
    while ((next = take()) != null) {
      try {
        deliver.accept(next);
      } catch (RuntimeException | Error e) {
        // It costs this parcel only; those behind it are for others, too.
        next.to().notSent(next.what(), "a fault in sending: " + e);
      } finally {
        next.to().finished(next.what());
      }
    }
    afterLast.run();
  }

  private synchronized @Nullable Parcel take() {
    try {
      while (waiting.isEmpty()) {
        if (finished) {
          return null;
        }
        wait();
      }
    } catch (InterruptedException e) {
      finished = true;
      return null;
    }
    Parcel next = waiting.removeFirst();
    waitingBytes -= next.what().waitingBytes();
    return next;
  }
}
