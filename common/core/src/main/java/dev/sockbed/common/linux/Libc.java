package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;

/**
 * The C library's calls that are used here, with their constants on 64-bit Linux. Only to be
 * touched when {@link NativeAccess#isThere} says so: loading this class is using native access.
 */
final class Libc {
  private static final int IPPROTO_IP = 0;
  private static final int IP_TTL = 2;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_UNICAST_HOPS = 16;
  static final int SO_ATTACH_FILTER = 26;
  static final int IPPROTO_TCP = 6;
  static final int TCP_INFO = 11;
  static final int SOL_SOCKET = 1;
  static final int SO_BUSY_POLL = 46;
  static final int IPPROTO_UDP = 17;
  static final int UDP_SEGMENT = 103;
  static final int UDP_GRO = 104;
  static final int MSG_TRUNC = 0x20;
  static final int MSG_DONTWAIT = 0x40;

  static final int PR_SET_TIMERSLACK = 29;

  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int ENETUNREACH = 101;
  static final int ENOBUFS = 105;
  static final int ECONNREFUSED = 111;
  static final int EHOSTUNREACH = 113;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SETSOCKOPT =
      handle(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle GETSOCKOPT =
      handle(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle RECVMMSG =
      handle(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SENDMMSG =
      handle("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle SCHED_GETAFFINITY =
      handle("sched_getaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  private static final MethodHandle SCHED_SETAFFINITY =
      handle("sched_setaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

  private static final MethodHandle PRCTL =
      variadic(
          "prctl",
          1,
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

  /** The one of the two strerror_r(3) that POSIX knows, as glibc and musl both name it. */
  private static final MethodHandle STRERROR_R =
      handle("__xpg_strerror_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));

  private Libc() {}

  /** The level of a socket's options that are of its address family. */
  static int levelOf(boolean inet6) {
    return inet6 ? IPPROTO_IPV6 : IPPROTO_IP;
  }

  /** The option of that level that says how many hops a packet may make. */
  static int hopLimitOf(boolean inet6) {
    return inet6 ? IPV6_UNICAST_HOPS : IP_TTL;
  }

  /** Memory in which a call leaves its {@code errno}. */
  static StructLayout callState() {
    return CALL_STATE;
  }

  /** The {@code errno} of the last call made with that memory. */
  static int errno(MemorySegment callState) {
    return (int) ERRNO.get(callState, 0L);
  }

  /** What the JDK throws for that error of a socket call. */
  static IOException failure(String call, int errno) {
    return switch (errno) {
      case ECONNREFUSED -> new PortUnreachableException();
      case EHOSTUNREACH, ENETUNREACH -> new NoRouteToHostException();
      default -> new IOException(call + ": " + ErrorNumber.text(errno));
    };
  }

  /** {@code setsockopt(2)}: 0, or -1. */
  static int setsockopt(
      MemorySegment callState, int descriptor, int level, int option, MemorySegment value) {
    try {
      return (int)
          SETSOCKOPT.invokeExact(
              callState, descriptor, level, option, value, (int) value.byteSize());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code recvmmsg(2)} without waiting: the number of messages, or -1. */
  static int recvmmsg(MemorySegment callState, int descriptor, MemorySegment vector, int most) {
    try {
      return (int)
          RECVMMSG.invokeExact(
              callState, descriptor, vector, most, MSG_DONTWAIT, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code sendmmsg(2)} without waiting: the number of messages, or -1. */
  static int sendmmsg(MemorySegment callState, int descriptor, MemorySegment vector, int messages) {
    try {
      return (int) SENDMMSG.invokeExact(callState, descriptor, vector, messages, MSG_DONTWAIT);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code send(2)} of nothing, which is an empty datagram: 0, or -1. */
  static long sendNothing(MemorySegment callState, int descriptor) {
    try {
      return (long) SEND.invokeExact(callState, descriptor, MemorySegment.NULL, 0L, 0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * {@code getsockopt(2)}: 0, or -1.
   *
   * @param length an int, the size of {@code value}, and after the call how much of it was filled
   */
  static int getsockopt(
      MemorySegment callState,
      int descriptor,
      int level,
      int option,
      MemorySegment value,
      MemorySegment length) {
    try {
      return (int) GETSOCKOPT.invokeExact(callState, descriptor, level, option, value, length);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code sched_getaffinity(2)} of the calling thread: 0, or -1. */
  static int schedGetAffinity(MemorySegment callState, MemorySegment mask) {
    try {
      return (int) SCHED_GETAFFINITY.invokeExact(callState, 0, mask.byteSize(), mask);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code sched_setaffinity(2)} of the calling thread: 0, or -1. */
  static int schedSetAffinity(MemorySegment callState, MemorySegment mask) {
    try {
      return (int) SCHED_SETAFFINITY.invokeExact(callState, 0, mask.byteSize(), mask);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code prctl(2)} with one argument: 0, or -1. */
  static int prctl(MemorySegment callState, int option, long argument) {
    try {
      return (int) PRCTL.invokeExact(callState, option, argument, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code strerror_r(3)}: 0, or an errno. */
  static int strerror(MemorySegment callState, int errno, MemorySegment text) {
    try {
      return (int) STRERROR_R.invokeExact(callState, errno, text, text.byteSize());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  // Restricted, since a wrong descriptor could crash the JVM; this class is where they are right.
  @SuppressWarnings("restricted")
  static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    MemorySegment function = LINKER.defaultLookup().findOrThrow(name);
    return LINKER.downcallHandle(function, descriptor, Linker.Option.captureCallState("errno"));
  }

  /** A function whose arguments from {@code first} on are not declared in C. */
  // Restricted as above.
  @SuppressWarnings("restricted")
  static MethodHandle variadic(String name, int first, FunctionDescriptor descriptor) {
    MemorySegment function = LINKER.defaultLookup().findOrThrow(name);
    return LINKER.downcallHandle(
        function,
        descriptor,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(first));
  }
}
