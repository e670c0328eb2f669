package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalInt;

/**
 * How large a terminal is: {@code TIOCGWINSZ}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/TIOCGWINSZ.2const.html">
 *     TIOCGWINSZ(2const)</a>
 */
public final class TerminalSize {
  private static final long TIOCGWINSZ = 0x5413;

  /** {@code struct winsize}: rows, columns, and both in pixels. */
  private static final int FIELDS = 4;

  private static final int COLUMNS = 1;

  private TerminalSize() {}

  /**
   * How many columns the terminal at a descriptor has.
   *
   * @return empty if it is no terminal, does not know its size, or this system can't be asked
   */
  public static OptionalInt columns(int descriptor) {
    if (!NativeAccess.isThere()) {
      return OptionalInt.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(JAVA_SHORT, FIELDS);
      MemorySegment callState = arena.allocate(Libc.callState());
      boolean told = DeviceCalls.ioctl(callState, descriptor, TIOCGWINSZ, size) == 0;
      int columns = Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, COLUMNS));
      return told && columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
    }
  }
}
