package dev.sockbed.bench.load;

import dev.sockbed.bench.result.SystemTruth;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of a run, the warm-up or the measured part, as its threads see it: when it begins,
 * until when and how much is sent, until when replies are waited for.
 */
final class Phase {
  private static final long START_PATIENCE_SECONDS = 60;

  private final Stop stop;
  private final int connections;
  private final long drainNanos;
  private final long stoppedDrainNanos;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  private SystemTruth.@Nullable Threads used = SystemTruth.Threads.NONE;
  private long startNanos;
  private volatile long sendEndNanos = Long.MAX_VALUE;
  private volatile boolean stopped;
  private volatile long stoppedNanos;

  /**
   * A phase that has not begun.
   *
   * @param connections among which a count is divided
   * @param drainNanos how long replies are waited for after the last message
   * @param stoppedDrainNanos the same if the phase was stopped before its time
   */
  Phase(Stop stop, int connections, long drainNanos, long stoppedDrainNanos) {
    this.stop = stop;
    this.connections = connections;
    this.drainNanos = drainNanos;
    this.stoppedDrainNanos = stoppedDrainNanos;
  }

  /** Begins: lets the threads go. */
  void begin() {
    startNanos = System.nanoTime();
    if (stop instanceof Stop.After(var duration)) {
      sendEndNanos = startNanos + duration.toNanos();
    }
    gate.countDown();
  }

  /** Waits until the phase begins. */
  void awaitBegin() throws InterruptedException {
    if (!gate.await(START_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the run did not begin");
    }
  }

  long startNanos() {
    return startNanos;
  }

  /** Now, or when sending ended if that is past. */
  long nowOrEnd(long nowNanos) {
    return reaches(nowNanos) ? nowNanos : sendEndNanos;
  }

  /**
   * When the time for sending was over, of a phase that is over: a slow schedule's last message
   * goes out before. Of a phase that a count ends, only the messages tell; then it is the start.
   */
  long endOfSending() {
    return switch (stop) {
      case Stop.After _ -> stopped ? stoppedNanos : sendEndNanos;
      case Stop.AfterCount _ -> startNanos;
    };
  }

  /** Whether a message that is meant to go out then belongs to this phase. */
  boolean reaches(long intendedNanos) {
    return sendEndNanos == Long.MAX_VALUE || intendedNanos - sendEndNanos < 0;
  }

  /** Whether that moment of the schedule had come before the sending ended; asked at its end. */
  boolean wasDue(long intendedNanos) {
    return reaches(intendedNanos) && (!stopped || intendedNanos - stoppedNanos < 0);
  }

  /** How many messages one connection sends; {@link Long#MAX_VALUE} if time ends it. */
  long budget(int connection) {
    return switch (stop) {
      case Stop.After _ -> Long.MAX_VALUE;
      case Stop.AfterCount(long messages) ->
          messages / connections + (connection < messages % connections ? 1 : 0);
    };
  }

  /** Whether no more is to be sent. */
  boolean over(long nowNanos) {
    return stopped || (sendEndNanos != Long.MAX_VALUE && nowNanos - sendEndNanos >= 0);
  }

  /** How long replies are waited for after the last message. */
  long drainNanos() {
    return stopped ? stoppedDrainNanos : drainNanos;
  }

  /**
   * How long ago a connection's waiting for replies should have ended.
   *
   * @param lastSendNanos when it sent its last message, or {@link Conversation#NOT_YET}
   * @return nanoseconds, negative if it may go on
   */
  long overdueNanos(long nowNanos, long lastSendNanos) {
    if (lastSendNanos != Conversation.NOT_YET) {
      return nowNanos - lastSendNanos - drainNanos();
    }
    if (!over(nowNanos)) {
      return -1;
    }
    return nowNanos - (stopped ? stoppedNanos : sendEndNanos) - drainNanos();
  }

  /** Ends the sending now. */
  void stop() {
    stoppedNanos = System.nanoTime();
    stopped = true;
  }

  /** Whether the sending was ended before its time. */
  boolean stopped() {
    return stopped;
  }

  /** A thread's note on what it had used before and after; null where that is not known. */
  synchronized void used(
      SystemTruth.@Nullable Threads before, SystemTruth.@Nullable Threads after) {
    used = used == null || before == null || after == null ? null : used.plus(after.since(before));
  }

  /** What all threads used, or null if that is not known of each. */
  synchronized SystemTruth.@Nullable Threads used() {
    return used;
  }

  /** A thread's way to report a fault in the program, which ends the phase. */
  void fail(Throwable thrown) {
    fault.compareAndSet(null, thrown);
    stop();
  }

  @Nullable Throwable fault() {
    return fault.get();
  }
}
