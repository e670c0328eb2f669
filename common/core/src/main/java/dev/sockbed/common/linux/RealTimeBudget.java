package dev.sockbed.common.linux;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Real-time scheduling for a thread as long as it uses at most half of a processor. All other
 * threads wait for a real-time thread, so one with more to do than that becomes a usual thread,
 * until it has had little to do for a while: the machine stays usable, whatever comes in.
 *
 * <p>Used by the thread that it is for.
 *
 * @see SchedulingPriority
 */
public final class RealTimeBudget {
  /** How often the thread's processor time is looked at. */
  static final long PERIOD_NANOS = 50_000_000;

  /**
   * So many periods in a row a usual thread must use little, so that one that only gets little,
   * since others want the processor too, is not soon a real-time one again.
   */
  private static final int CALM_PERIODS = 10;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final boolean granted;
  private long periodEndNanos;
  private long usedBeforeNanos;
  private boolean realTime;
  private int calmPeriods;

  private RealTimeBudget() {
    realTime = SchedulingPriority.takeRealTime() && SchedulingPriority.realTimePriority() > 0;
    granted = realTime && THREADS.isCurrentThreadCpuTimeSupported();
    begin(System.nanoTime(), granted ? THREADS.getCurrentThreadCpuTime() : 0);
  }

  /**
   * Makes the calling thread a real-time one; where it may not be that, gives it short turns, and
   * {@link #look} has nothing to do.
   */
  public static RealTimeBudget take() {
    return new RealTimeBudget();
  }

  /**
   * To be called by the thread again and again, whenever it has done a little work or has woken.
   * Takes tens of nanoseconds, but for once a period.
   */
  public void look() {
    if (!granted) {
      return;
    }
    long now = System.nanoTime();
    if (now - periodEndNanos < 0) {
      return;
    }
    long used = THREADS.getCurrentThreadCpuTime();
    // A period may have been longer than meant, if the thread slept.
    long passed = now - (periodEndNanos - PERIOD_NANOS);
    boolean within = used - usedBeforeNanos <= passed / 2;
    calmPeriods = within ? calmPeriods + 1 : 0;
    if (realTime && !within) {
      realTime = !SchedulingPriority.giveUpRealTime();
    } else if (!realTime && calmPeriods >= CALM_PERIODS) {
      realTime = SchedulingPriority.takeRealTime() && SchedulingPriority.realTimePriority() > 0;
    }
    begin(now, used);
  }

  private void begin(long nowNanos, long usedNanos) {
    periodEndNanos = nowNanos + PERIOD_NANOS;
    usedBeforeNanos = usedNanos;
  }
}
