package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How long a thread runs at a time when others want its processor. A thread that wakes must wait
 * until the turn of the one that runs is over, some milliseconds, unless its own turns are shorter:
 * then Linux (since 6.12) lets it run at once. It gets no larger part of the processor for that.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-eevdf.html">the kernel's page on EEVDF</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
public final class TimeSlice {
  /** The shortest that Linux takes. */
  static final long SHORTEST_NANOS = 100_000;

  private static final int ATTRIBUTES_BYTES = 48; // SCHED_ATTR_SIZE_VER0
  private static final int SIZE_AT = 0;
  private static final int POLICY_AT = 4;
  private static final int RUNTIME_AT = 24;
  private static final int SCHED_OTHER = 0;

  private TimeSlice() {}

  /**
   * Gives the calling thread the shortest turns. Threads that it starts inherit that.
   *
   * @return false where the system does not let us; turns are then as before
   */
  public static boolean shorten() {
    if (!NativeAccess.isThere()
        || Thread.currentThread().isVirtual()
        || !SchedulingCalls.areKnown()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      // What is not to be changed, such as how nice the thread is, is written back as it was read.
      if (SchedulingCalls.getAttributes(attributes) != 0
          || attributes.get(JAVA_INT, POLICY_AT) != SCHED_OTHER) {
        return false;
      }
      attributes.set(JAVA_INT, SIZE_AT, ATTRIBUTES_BYTES);
      attributes.set(JAVA_LONG, RUNTIME_AT, SHORTEST_NANOS);
      return SchedulingCalls.setAttributes(attributes) == 0;
    }
  }

  /** The calling thread's turns in nanoseconds; 0 where the system does not say. */
  static long nanos() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      return SchedulingCalls.getAttributes(attributes) == 0
          ? attributes.get(JAVA_LONG, RUNTIME_AT)
          : 0;
    }
  }
}
