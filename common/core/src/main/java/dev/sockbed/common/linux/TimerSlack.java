package dev.sockbed.common.linux;

import java.lang.foreign.Arena;

/**
 * How late a thread's pauses may end. Linux lets them end up to 50 µs late, so that several threads
 * can be woken at once.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/PR_SET_TIMERSLACK.2const.html">
 *     PR_SET_TIMERSLACK(2const)</a>
 */
public final class TimerSlack {
  private TimerSlack() {}

  /**
   * Lets the calling thread's pauses end when they should. Threads that it starts inherit that.
   *
   * @return false where the system does not let us; pauses are then as before
   */
  public static boolean remove() {
    if (!NativeAccess.isThere() || Thread.currentThread().isVirtual()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      return Libc.prctl(arena.allocate(Libc.callState()), Libc.PR_SET_TIMERSLACK, 1) == 0;
    }
  }
}
