package dev.sockbed.common.socket;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls that wait too long. A thread guards its own waiting: it arms a {@link Guard} before
 * the call and disarms it after; if the time runs out in between, the guard's action, usually
 * closing the socket, runs on the watchdog's thread.
 *
 * <p>Arming and disarming cost a memory write or two and allocate nothing: the watchdog looks at
 * all guards at intervals instead of keeping them sorted, and counts the time from when it first
 * saw a guard armed, so that who arms it need not ask for the time. So a guard barks up to two
 * looks late, which is an eighth of its shortest timeout (2 to 250 ms), and never early. A look
 * allocates only if there are other guards than at the one before.
 */
public final class Watchdog {
  private static final long SHORTEST_LOOK_NANOS = 1_000_000;
  private static final long LONGEST_LOOK_NANOS = 125_000_000;
  private static final int LOOKS_IN_A_TIMEOUT = 16;
  private static final long WITHOUT_GUARDS_NANOS = Duration.ofDays(1).toNanos();

  private static final Watchdog SHARED = new Watchdog();

  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();

  /** Whether guards were added or taken away since the watchdog made its list of them. */
  private volatile boolean changed;

  /** When the watchdog will look again, unless it is woken before. */
  private volatile long nextLookNanos;

  /**
   * Null until it is needed, and as long as the system has no thread for it; written under this.
   */
  private volatile @Nullable Thread thread;

  private Watchdog() {}

  private Thread thread() {
    Thread started = thread;
    return started != null ? started : started();
  }

  /** Without a thread to be had this throws, which costs one guard: the next one tries again. */
  private synchronized Thread started() {
    Thread started = thread;
    if (started == null) {
      started = Thread.ofPlatform().daemon().name("sockbed-watchdog").unstarted(this::look);
      started.start();
      thread = started;
    }
    return started;
  }

  /**
   * A new guard, disarmed.
   *
   * @param shortestTimeout the shortest time it will be armed for; sets how exact it is
   * @param onExpiry what to do when time runs out; must not wait, since it runs on the one thread
   *     that watches for all
   * @return a guard that the watchdog holds until it is closed
   * @throws OutOfMemoryError if there is no memory for it, or no thread for the watchdog
   */
  public static Guard guard(Duration shortestTimeout, Runnable onExpiry) {
    long look =
        Math.clamp(
            shortestTimeout.toNanos() / LOOKS_IN_A_TIMEOUT,
            SHORTEST_LOOK_NANOS,
            LONGEST_LOOK_NANOS);
    Guard guard = SHARED.new Guard(look, onExpiry);
    SHARED.add(guard);
    return guard;
  }

  /**
   * Waking a thread costs more than a short exchange, so the watchdog is woken only if it would
   * sleep past the guard's first look.
   */
  private void add(Guard guard) {
    Thread watching = thread();
    guards.add(guard);
    changed = true; // Before the next look is read: the watchdog writes and reads them in turn.
    if (nextLookNanos - System.nanoTime() > guard.lookNanos) {
      LockSupport.unpark(watching);
    }
  }

  private void look() {
    Guard[] listed = {};
    while (true) {
      if (changed) {
        listed = list(listed);
      }
      long pause = WITHOUT_GUARDS_NANOS;
      for (Guard guard : listed) {
        guard.barkIfDue();
        pause = Math.min(pause, guard.lookNanos);
      }
      nextLookNanos = System.nanoTime() + pause;
      if (!changed) {
        LockSupport.parkNanos(this, pause);
      }
    }
  }

  /** The guards there are; those there were, as long as there is no memory for another list. */
  private Guard[] list(Guard[] listed) {
    changed = false;
    try {
      return guards.toArray(new Guard[0]);
    } catch (OutOfMemoryError e) {
      LockSupport.parkNanos(this, SHORTEST_LOOK_NANOS);
      changed = true;
      return listed;
    }
  }

  /**
   * One thread's deadline. Armed and disarmed by that thread; closed by any. Of two threads that
   * arm it in the same moment, one may count as the other.
   */
  public final class Guard implements AutoCloseable {
    private static final long DISARMED = 0;

    private final long lookNanos;
    private final Runnable onExpiry;

    /** How often it was armed, this time included; or {@link #DISARMED}. */
    private final AtomicLong armed = new AtomicLong(DISARMED);

    private volatile boolean expired;

    // Of the thread that arms it; the watchdog reads the timeout after the number.
    private long timesArmed;
    private long timeoutNanos;

    // The watchdog's.
    private long seenArmed = DISARMED;
    private long seenNanos;

    private Guard(long lookNanos, Runnable onExpiry) {
      this.lookNanos = lookNanos;
      this.onExpiry = onExpiry;
    }

    /** Lets the action run unless {@link #disarm} or {@link #arm} is called within that time. */
    public void arm(long timeoutNanos) {
      this.timeoutNanos = timeoutNanos;
      armed.setRelease(++timesArmed);
    }

    /** Calls the watch off. */
    public void disarm() {
      armed.setRelease(DISARMED);
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
      changed = true;
    }

    private void barkIfDue() {
      long now = armed.getAcquire();
      if (now != seenArmed) {
        seenArmed = now;
        seenNanos = System.nanoTime();
      } else if (now != DISARMED
          && System.nanoTime() - seenNanos >= timeoutNanos
          && armed.compareAndSet(now, DISARMED)) {
        expired = true;
        bark();
      }
    }

    private void bark() {
      try {
        onExpiry.run();
      } catch (RuntimeException | Error e) {
        // One guard's fault must not take the watchdog from all the others.
        Thread watchdog = Thread.currentThread();
        watchdog.getUncaughtExceptionHandler().uncaughtException(watchdog, e);
      }
    }
  }
}
