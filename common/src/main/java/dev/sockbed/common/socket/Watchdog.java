package dev.sockbed.common.socket;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends calls that wait too long. A thread guards its own waiting: it arms a {@link Guard} before
 * the call and disarms it after; if the time runs out in between, the guard's action, usually
 * closing the socket, runs on the watchdog's thread.
 *
 * <p>Arming and disarming cost one memory write each and allocate nothing, because the watchdog
 * looks at all guards at intervals instead of keeping them sorted. So a guard barks up to an eighth
 * of its shortest timeout late (1 to 250 ms), and never early.
 */
public final class Watchdog {
  private static final long SHORTEST_LOOK_NANOS = 1_000_000;
  private static final long LONGEST_LOOK_NANOS = 250_000_000;

  private static final Watchdog SHARED = new Watchdog();

  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  private Watchdog() {
    thread = Thread.ofPlatform().daemon().name("sockbed-watchdog").unstarted(this::look);
    thread.start();
  }

  /**
   * A new guard, disarmed.
   *
   * @param shortestTimeout the shortest time it will be armed for; sets how exact it is
   * @param onExpiry what to do when time runs out; must not wait, since it runs on the one thread
   *     that watches for all
   * @return a guard that the watchdog holds until it is closed
   */
  public static Guard guard(Duration shortestTimeout, Runnable onExpiry) {
    long look = Math.clamp(shortestTimeout.toNanos() / 8, SHORTEST_LOOK_NANOS, LONGEST_LOOK_NANOS);
    Guard guard = SHARED.new Guard(look, onExpiry);
    SHARED.guards.add(guard);
    LockSupport.unpark(SHARED.thread);
    return guard;
  }

  private void look() {
    while (true) {
      long now = System.nanoTime();
      long pause = Long.MAX_VALUE;
      for (Guard guard : guards) {
        guard.barkIfDue(now);
        pause = Math.min(pause, guard.lookNanos);
      }
      LockSupport.parkNanos(this, pause);
    }
  }

  /** One thread's deadline. Armed and disarmed by that thread; closed by any. */
  public final class Guard implements AutoCloseable {
    private static final long DISARMED = Long.MIN_VALUE;

    private final long lookNanos;
    private final Runnable onExpiry;
    private final AtomicLong deadline = new AtomicLong(DISARMED);
    private volatile boolean expired;

    private Guard(long lookNanos, Runnable onExpiry) {
      this.lookNanos = lookNanos;
      this.onExpiry = onExpiry;
    }

    /** Lets the action run unless {@link #disarm} or {@link #arm} is called within that time. */
    public void arm(long timeoutNanos) {
      deadline.setRelease(System.nanoTime() + timeoutNanos);
    }

    /** Calls the watch off. */
    public void disarm() {
      deadline.setRelease(DISARMED);
    }

    /** Whether time ran out, ever. */
    public boolean expired() {
      return expired;
    }

    /** Takes this guard away from the watchdog. */
    @Override
    public void close() {
      disarm();
      guards.remove(this);
    }

    private void barkIfDue(long now) {
      long due = deadline.getAcquire();
      if (due != DISARMED && now - due > 0 && deadline.compareAndSet(due, DISARMED)) {
        expired = true;
        bark();
      }
    }

    private void bark() {
      try {
        onExpiry.run();
      } catch (RuntimeException e) {
        // One guard's fault must not take the watchdog from all the others.
        Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        handler.uncaughtException(thread, e);
      }
    }
  }
}
