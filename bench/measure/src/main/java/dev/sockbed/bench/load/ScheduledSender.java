package dev.sockbed.bench.load;

import dev.sockbed.bench.result.SystemTruth;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the messages of an open loop at the moments of its schedule, over its connections in turn.
 * It sleeps until shortly before a message is due, since a sleep ends some 50 µs late, and then
 * watches the clock. When it is late it sends at once and leaves nothing out, until the phase ends:
 * what it did not get to by then was due and not sent, and is counted as that.
 *
 * <p>With batches, messages that are due by the time at which one of them is sent go out together.
 * None is held back for one that is not due yet.
 */
final class ScheduledSender implements Loop {
  private static final long WATCH_NANOS = 100_000;
  private static final long SPIN_NANOS = 10_000;
  private static final long LONGEST_SLEEP_NANOS = Duration.ofMillis(20).toNanos();

  /** A batch is no longer than this, also when the sender is far behind. */
  private static final int MOST_KEPT = 512;

  private final List<SendQueue> queues;
  private final Schedule schedule;
  private final SendTimes times;
  private final SenderAccount account = new SenderAccount();

  /** Which queues were sent to since the last flush, and how many messages. */
  private final boolean[] isUnflushed;

  private final int[] unflushed;
  private int unflushedQueues;
  private int kept;

  /** How many messages are still to be sent in this phase. */
  private long left;

  /**
   * A sender.
   *
   * @param schedule that can look ahead by as many messages as there are queues
   */
  ScheduledSender(List<SendQueue> queues, Schedule schedule, SendTimes times) {
    this.queues = List.copyOf(queues);
    this.schedule = schedule;
    this.times = times;
    this.isUnflushed = new boolean[queues.size()];
    this.unflushed = new int[queues.size()];
  }

  /** Where its time went in the last phase. */
  SenderAccount account() {
    return account;
  }

  @Override
  public void run(Phase phase) {
    left = 0;
    for (SendQueue queue : queues) {
      long share = phase.budget(queue.conversation().index());
      left = share == Long.MAX_VALUE ? Long.MAX_VALUE : left + share;
    }
    schedule.begin(phase.startNanos());
    account.begin(phase.startNanos());
    SystemTruth.Threads before = SystemWatch.currentThread();
    try {
      send(phase);
      account.used(before, SystemWatch.currentThread());
    } finally {
      long now = System.nanoTime();
      queues.forEach(queue -> queue.end(now));
    }
    account.notSent(schedule.countWhile(phase::wasDue, left));
  }

  private void send(Phase phase) {
    int turn = 0;
    long intended = schedule.next();
    while (left > 0 && phase.reaches(intended) && awaitTime(intended, phase)) {
      SendQueue queue = queues.get(turn);
      if (!awaitRoom(queue, phase)) {
        break;
      }
      boolean isLast = left <= queues.size() || !phase.reaches(schedule.farthest());
      queue.send(intended, isLast, account);
      sent(turn);
      turn = turn + 1 == queues.size() ? 0 : turn + 1;
      left--;
      schedule.advance();
      intended = schedule.next();
    }
    flush();
    long end = phase.nowOrEnd(System.nanoTime());
    account.end(end, intended - end < 0 ? intended : end);
  }

  private void sent(int queue) {
    if (!isUnflushed[queue]) {
      isUnflushed[queue] = true;
      unflushed[unflushedQueues++] = queue;
    }
    kept++;
    if (kept == MOST_KEPT) {
      flush();
    }
  }

  /** Lets everything go that queues have kept. */
  private void flush() {
    for (int i = 0; i < unflushedQueues; i++) {
      queues.get(unflushed[i]).flush(account);
      isUnflushed[unflushed[i]] = false;
    }
    unflushedQueues = 0;
    kept = 0;
  }

  private boolean awaitRoom(SendQueue queue, Phase phase) {
    if (queue.log().hasRoom(1)) {
      return true;
    }
    flush(); // There is no room before these are answered.
    long begin = System.nanoTime();
    boolean room = queue.log().awaitRoom(1, phase);
    account.waitedForRoom(System.nanoTime() - begin);
    return room;
  }

  /** Waits until it is time, or not at all if it is past that. */
  private boolean awaitTime(long intended, Phase phase) {
    long now = System.nanoTime();
    if (phase.over(now)) {
      return false;
    }
    if (now - intended < 0 && kept > 0) {
      flush();
      now = System.nanoTime();
    }
    if (now - intended >= 0) {
      account.wasBehind();
      return true;
    }
    for (long left; (left = intended - now) > 0; now = System.nanoTime()) {
      if (phase.stopped()) {
        return false;
      }
      if (left > WATCH_NANOS) {
        LockSupport.parkNanos(this, Math.min(left - WATCH_NANOS, LONGEST_SLEEP_NANOS));
      } else if (left > SPIN_NANOS) {
        giveWay();
      } else {
        Thread.onSpinWait();
      }
    }
    times.recordMiss(now - intended);
    return true;
  }

  /** The peer may be waiting for this very processor; on another one this costs next to nothing. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on it but how good the times are.
  private static void giveWay() {
    Thread.yield();
  }
}
