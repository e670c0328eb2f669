package dev.sockbed.common.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** What the system says for an {@code errno}, in the language of this process. */
public final class ErrorNumber {
  private static final int LONGEST_TEXT = 512;

  private ErrorNumber() {}

  /**
   * The text that the JDK puts into its exceptions: {@code strerror(3)}.
   *
   * @param errno as Linux numbers them
   * @return null where the system is another
   */
  public static @Nullable String text(int errno) {
    if (!NativeAccess.isThere()) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(LONGEST_TEXT);
      if (Libc.strerror(arena.allocate(Libc.callState()), errno, text) != 0) {
        return null;
      }
      byte[] bytes = text.toArray(ValueLayout.JAVA_BYTE);
      int length = 0;
      while (bytes[length] != 0) {
        length++;
      }
      return new String(
          bytes, 0, length, Charset.forName(System.getProperty("native.encoding", "UTF-8")));
    }
  }
}
