package dev.sockbed.bench.load;

import dev.sockbed.bench.result.SystemTruth;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the messages of an open loop at the moments of its schedule, over its connections in turn.
 * It sleeps until shortly before a message is due, since a sleep ends some 50 µs late, and then
 * watches the clock. When it is late it sends at once and leaves nothing out, until the phase ends:
 * what it did not get to by then was not sent, and the rate is missed.
 */
final class ScheduledSender implements Loop {
  private static final long WATCH_NANOS = 100_000;
  private static final long SPIN_NANOS = 10_000;
  private static final long LONGEST_SLEEP_NANOS = Duration.ofMillis(20).toNanos();

  private final List<Outlet> outlets;
  private final Schedule schedule;
  private final SendTimes times;
  private final SenderAccount account = new SenderAccount();

  /**
   * A sender.
   *
   * @param schedule that can look ahead by as many messages as there are outlets
   */
  ScheduledSender(List<Outlet> outlets, Schedule schedule, SendTimes times) {
    this.outlets = List.copyOf(outlets);
    this.schedule = schedule;
    this.times = times;
  }

  /** Where its time went in the last phase. */
  SenderAccount account() {
    return account;
  }

  @Override
  public void run(Phase phase) {
    long budget = 0;
    for (Outlet outlet : outlets) {
      long share = phase.budget(outlet.conversation().index());
      budget = share == Long.MAX_VALUE ? Long.MAX_VALUE : budget + share;
    }
    schedule.begin(phase.startNanos());
    account.begin(phase.startNanos());
    SystemTruth.Threads before = SystemWatch.currentThread();
    try {
      send(phase, budget);
      account.used(before, SystemWatch.currentThread());
    } finally {
      long now = System.nanoTime();
      outlets.forEach(outlet -> outlet.end(now));
    }
  }

  private void send(Phase phase, long budget) {
    long left = budget;
    int turn = 0;
    long intended = schedule.next();
    while (left > 0 && phase.reaches(intended) && awaitTime(intended, phase)) {
      Outlet outlet = outlets.get(turn);
      if (!awaitRoom(outlet, phase)) {
        break;
      }
      boolean isLast = left <= outlets.size() || !phase.reaches(schedule.farthest());
      outlet.send(intended, isLast, account);
      turn = turn + 1 == outlets.size() ? 0 : turn + 1;
      left--;
      schedule.advance();
      intended = schedule.next();
    }
    long end = phase.nowOrEnd(System.nanoTime());
    account.end(end, intended - end < 0 ? intended : end);
  }

  private boolean awaitRoom(Outlet outlet, Phase phase) {
    long begin = System.nanoTime();
    boolean room = outlet.log().awaitRoom(phase);
    account.waitedForRoom(System.nanoTime() - begin);
    return room;
  }

  /** Waits until it is time, or not at all if it is past that. */
  private boolean awaitTime(long intended, Phase phase) {
    long begin = System.nanoTime();
    if (phase.over(begin)) {
      return false;
    }
    if (begin - intended >= 0) {
      account.wasBehind();
      return true;
    }
    long now = begin;
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
