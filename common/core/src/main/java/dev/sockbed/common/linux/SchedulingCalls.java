package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sched_getattr(2)} and {@code sched_setattr(2)} of the calling thread. Older C libraries
 * have no name for them, so they are called by their numbers, which the processor's architecture
 * decides. Only to be touched when {@link NativeAccess#isThere} says so.
 */
final class SchedulingCalls {
  private static final long UNKNOWN = -1;
  private static final long SCHED_SETATTR = number(314, 274);
  private static final long SCHED_GETATTR = number(315, 275);

  private static final MethodHandle SYSCALL_SET =
      Libc.variadic(
          "syscall", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SYSCALL_GET =
      Libc.variadic(
          "syscall",
          1,
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private SchedulingCalls() {}

  /** Whether the calls' numbers are known here. */
  static boolean areKnown() {
    return SCHED_SETATTR != UNKNOWN;
  }

  private static long number(long amd64, long aarch64) {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> amd64;
      case "aarch64" -> aarch64;
      default -> UNKNOWN;
    };
  }

  /** Fills a {@code struct sched_attr}: 0, or -1. */
  static long getAttributes(MemorySegment attributes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      return (long)
          SYSCALL_GET.invokeExact(
              callState, SCHED_GETATTR, 0, attributes, (int) attributes.byteSize(), 0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes a {@code struct sched_attr}: 0, or -1. */
  static long setAttributes(MemorySegment attributes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      return (long) SYSCALL_SET.invokeExact(callState, SCHED_SETATTR, 0, attributes, 0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
