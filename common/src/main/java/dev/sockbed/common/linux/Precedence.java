package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * That a thread which wakes goes before those which run. Otherwise it must wait until the turn of
 * another is over, some milliseconds, unless its own turns are shorter: then Linux (since 6.12)
 * lets it run at once, as long as it did not have more than its part of the processor. That part is
 * larger the less nice the thread is, which only root may change.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-eevdf.html">the kernel's page on EEVDF</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
public final class Precedence {
  /** The shortest turn that Linux takes. */
  static final long TURN_NANOS = 100_000;

  /** Half of the way to the least: a part of the processor nine times as large as usual. */
  static final int NICE = -10;

  private static final int ATTRIBUTES_BYTES = 48; // SCHED_ATTR_SIZE_VER0
  private static final int SIZE_AT = 0;
  private static final int POLICY_AT = 4;
  private static final int NICE_AT = 16;
  private static final int RUNTIME_AT = 24;
  private static final int SCHED_OTHER = 0;

  private Precedence() {}

  /**
   * Gives the calling thread the shortest turns, and the larger part where it may have that.
   * Threads that it starts inherit both.
   *
   * @return false where the system does not let us shorten turns; all is then as before
   */
  public static boolean take() {
    if (!NativeAccess.isThere()
        || Thread.currentThread().isVirtual()
        || !SchedulingCalls.areKnown()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      if (SchedulingCalls.getAttributes(attributes) != 0
          || attributes.get(JAVA_INT, POLICY_AT) != SCHED_OTHER) {
        return false;
      }
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
  }

  /** The calling thread's turns in nanoseconds; 0 where the system does not say. */
  static long turnNanos() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      return SchedulingCalls.getAttributes(attributes) == 0
          ? attributes.get(JAVA_LONG, RUNTIME_AT)
          : 0;
    }
  }

  /** How nice the calling thread is; 0 is usual, and where the system does not say. */
  static int nice() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
      SchedulingCalls.getAttributes(attributes);
      return attributes.get(JAVA_INT, NICE_AT);
    }
  }
}
