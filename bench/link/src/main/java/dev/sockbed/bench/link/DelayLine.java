package dev.sockbed.bench.link;

import dev.sockbed.bench.link.HeldPackets.Held;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.common.linux.RealTimeBudget;
import dev.sockbed.common.linux.TimerSlack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds packets until they are due and hands them over then, in the order of their times. One
 * thread of its own does that; any thread may add.
 *
 * @param <D> where packets go
 */
final class DelayLine<D> implements AutoCloseable {
  /** So many are handed over in a row before the next are looked at. */
  private static final int MOST_AT_ONCE = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final HeldPackets<D> held = new HeldPackets<>();
  private final HybridSleep hybridSleep = new HybridSleep(System.nanoTime());
  private final Receiver<D> receiver;
  private final PacketCounts counters;
  private final Thread thread;
  private boolean asleep;

  /** Something that is due earlier was added since the thread looked last. */
  private volatile boolean outdated;

  private volatile boolean closed;

  /**
   * Takes what is due; is called by the delay line's thread.
   *
   * @param <D> where packets go
   */
  interface Receiver<D> {
    /** Takes one packet after the other, from position to limit; its bytes change afterwards. */
    void arrive(D destination, ByteBuffer packet);

    /** No more are due now. */
    void rest();
  }

  /**
   * An empty line, whose thread runs.
   *
   * @param name of the thread
   * @param counters learn of packets handed over, and how late
   */
  DelayLine(String name, Receiver<D> receiver, PacketCounts counters) {
    this.receiver = receiver;
    this.counters = counters;
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  /**
   * Adds a packet, of which it keeps a copy; if there is no room it is dropped and counted.
   *
   * @param dueNanos when it is to be handed over; at once if that is past
   */
  void add(long dueNanos, D destination, ByteBuffer packet) {
    boolean wake;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      long firstBefore = held.firstDueNanos(dueNanos + 1);
      if (!held.add(dueNanos, destination, packet)) {
        counters.overflow();
        return;
      }
      boolean earlier = dueNanos - firstBefore < 0;
      if (earlier) {
        outdated = true;
      }
      wake = asleep && earlier;
    } finally {
      lock.unlock();
    }
    if (wake) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    TimerSlack.remove();
    RealTimeBudget budget = RealTimeBudget.take();
    List<Held<D>> due = new ArrayList<>(MOST_AT_ONCE);
    while (!closed) {
      budget.look();
      long wait = take(due);
      if (due.isEmpty()) {
        await(wait);
        continue;
      }
      for (Held<D> one : due) {
        receiver.arrive(one.destination(), one.packet());
        counters.deliver(System.nanoTime() - one.dueNanos());
      }
      receiver.rest();
    }
  }

  /**
   * Gives back what was taken before, and takes what is due.
   *
   * @return if nothing is, how long to wait
   */
  private long take(List<Held<D>> due) {
    lock.lock();
    try {
      for (Held<D> done : due) {
        held.giveBack(done);
      }
      due.clear();
      long now = System.nanoTime();
      Held<D> next;
      while (due.size() < MOST_AT_ONCE && (next = held.takeDue(now)) != null) {
        due.add(next);
      }
      asleep = due.isEmpty();
      outdated = false;
      return held.isEmpty() ? Long.MAX_VALUE : held.firstDueNanos(now) - now;
    } finally {
      lock.unlock();
    }
  }

  private void await(long untilDueNanos) {
    if (untilDueNanos == Long.MAX_VALUE) {
      LockSupport.park(this);
      return;
    }
    long now = System.nanoTime();
    long sleep = untilDueNanos > 0 ? hybridSleep.sleepNanos(now, untilDueNanos) : 0;
    if (sleep > 0) {
      LockSupport.parkNanos(this, sleep);
      return;
    }
    // Without the lock, which those who add want.
    while (!outdated && System.nanoTime() - now < untilDueNanos) {
      Thread.onSpinWait();
    }
  }

  /** Forgets what is held and ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      held.clear();
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(thread);
  }
}
