package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * That a thread which wakes goes before those which run. Otherwise it must wait until the turn of
 * another is over, some milliseconds, unless its own turns are shorter: then Linux (since 6.12)
 * lets it run at once, as long as it did not have more than its part of the processor. That part is
 * larger the less nice the thread is, where a user may be less nice.
 *
 * <p>Root may also make a thread a real-time one (SCHED_FIFO): it runs as soon as it wakes, as the
 * kernel's own emulator of links does, and the system moves it to another processor when a thread
 * like it is at work on this one. That is for threads that work little at a time only: all others
 * wait for them. {@link RealTimeBudget} sees to that.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sched.7.html">sched(7)</a>
 * @see <a href="https://docs.kernel.org/scheduler/sched-eevdf.html">the kernel's page on EEVDF</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
public final class SchedulingPriority {
  /** The shortest turn that Linux takes. */
  static final long TURN_NANOS = 100_000;

  /** Half of the way to the least: a part of the processor nine times as large as usual. */
  static final int NICE = -10;

  /** The least of a real-time thread: there is nobody else's to go before. */
  static final int REAL_TIME_PRIORITY = 1;

  private static final int ATTRIBUTES_BYTES = 48; // SCHED_ATTR_SIZE_VER0
  private static final int SIZE_AT = 0;
  private static final int POLICY_AT = 4;
  private static final int FLAGS_AT = 8;
  private static final int NICE_AT = 16;
  private static final int PRIORITY_AT = 20;
  private static final int RUNTIME_AT = 24;
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_FIFO = 1;
  private static final long SCHED_FLAG_RESET_ON_FORK = 1;

  private SchedulingPriority() {}

  /**
   * Gives the calling thread the shortest turns, and the larger part where it may have that.
   * Threads that it starts inherit both.
   *
   * @return false where the system lets us do nothing; all is then as before
   */
  public static boolean take() {
    return take(false);
  }

  /**
   * Makes the calling thread a real-time one; where it may not be that, the same as {@link #take}.
   * Threads and processes that a real-time thread starts are usual ones.
   *
   * @return false where the system lets us do nothing; all is then as before
   */
  static boolean takeRealTime() {
    return take(true);
  }

  /**
   * Makes the calling real-time thread a usual one again, no less nice than others, with the
   * shortest turns.
   *
   * @return false where the system does not let us
   */
  static boolean giveUpRealTime() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      attributes.set(JAVA_INT, SIZE_AT, ATTRIBUTES_BYTES);
      attributes.set(JAVA_INT, POLICY_AT, SCHED_OTHER);
      attributes.set(JAVA_LONG, RUNTIME_AT, TURN_NANOS);
      return SchedulingCalls.setAttributes(attributes) == 0;
    }
  }

  private static boolean take(boolean realTime) {
    if (!NativeAccess.isThere()
        || Thread.currentThread().isVirtual()
        || !SchedulingCalls.areKnown()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      return SchedulingCalls.getAttributes(attributes) == 0
          && attributes.get(JAVA_INT, POLICY_AT) == SCHED_OTHER
          && ((realTime && becomeRealTime(arena)) || shortenTurns(attributes));
    }
  }

  private static boolean becomeRealTime(Arena arena) {
    MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
    attributes.set(JAVA_INT, SIZE_AT, ATTRIBUTES_BYTES);
    attributes.set(JAVA_INT, POLICY_AT, SCHED_FIFO);
    attributes.set(JAVA_LONG, FLAGS_AT, SCHED_FLAG_RESET_ON_FORK);
    attributes.set(JAVA_INT, PRIORITY_AT, REAL_TIME_PRIORITY);
    return SchedulingCalls.setAttributes(attributes) == 0;
  }

  private static boolean shortenTurns(MemorySegment attributes) {
    attributes.set(JAVA_INT, SIZE_AT, ATTRIBUTES_BYTES);
    attributes.set(JAVA_LONG, RUNTIME_AT, TURN_NANOS);
    int nice = attributes.get(JAVA_INT, NICE_AT);
    attributes.set(JAVA_INT, NICE_AT, Math.min(nice, NICE));
    if (SchedulingCalls.setAttributes(attributes) == 0) {
      return true;
    }
    attributes.set(JAVA_INT, NICE_AT, nice);
    return SchedulingCalls.setAttributes(attributes) == 0;
  }

  /** The calling thread's turns in nanoseconds; 0 where the system does not say. */
  static long turnNanos() {
    try (Arena arena = Arena.ofConfined()) {
      return attributes(arena).get(JAVA_LONG, RUNTIME_AT);
    }
  }

  /** How nice the calling thread is; 0 is usual, and where the system does not say. */
  static int nice() {
    try (Arena arena = Arena.ofConfined()) {
      return attributes(arena).get(JAVA_INT, NICE_AT);
    }
  }

  /**
   * The calling thread's real-time priority; 0 if it is none, and where the system does not say.
   */
  static int realTimePriority() {
    try (Arena arena = Arena.ofConfined()) {
      return attributes(arena).get(JAVA_INT, PRIORITY_AT);
    }
  }

  /** What the system says of the calling thread, or zeros. */
  private static MemorySegment attributes(Arena arena) {
    MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
    if (SchedulingCalls.getAttributes(attributes) != 0) {
      attributes.fill((byte) 0);
    }
    return attributes;
  }
}
