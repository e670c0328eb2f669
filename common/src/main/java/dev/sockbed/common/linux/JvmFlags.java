package dev.sockbed.common.linux;

import java.util.List;

/**
 * What a JVM is to be started with to make this room's calls, and to make them without garbage.
 * Without the first two there are no such calls; without the others all works, but see {@link
 * #INLINE_SLICES}.
 */
public final class JvmFlags {
  /** Lets classes without a module call native functions. */
  public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** Shows the descriptors of the JDK's sockets. */
  public static final String DESCRIPTORS = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

  /** Keeps the JVM from printing the compiler's commands. */
  public static final String QUIET_COMPILER = "-XX:CompileCommand=quiet";

  /**
   * A call that tells its {@code errno} makes a slice of a memory segment, which vanishes when all
   * that use it are compiled as one. The compiler decides by counts of how often each is called. If
   * it is late in counting, on a busy machine, it may leave one out for good, and then each call
   * allocates 40 bytes; so the decision is made for it.
   */
  public static final String INLINE_SLICES =
      "-XX:CompileCommand=inline,jdk.internal.foreign.AbstractMemorySegmentImpl::asSlice*";

  /** As {@link #INLINE_SLICES}, for what looks at the slice. */
  public static final String INLINE_CHECKS =
      "-XX:CompileCommand=inline,jdk.internal.foreign.abi.SharedUtils::checkNative";

  /** All of them. */
  public static final List<String> ALL =
      List.of(NATIVE_ACCESS, DESCRIPTORS, QUIET_COMPILER, INLINE_SLICES, INLINE_CHECKS);

  private JvmFlags() {}
}
