package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's calls that make networks and their devices, with their constants on 64-bit Linux.
 * As with {@link Libc}, only to be touched when {@link NativeAccess#isThere} says so.
 */
final class DeviceCalls {
  static final int CLONE_NEWNET = 0x40000000;
  static final int AF_INET = 2;
  static final int AF_NETLINK = 16;
  static final int SOCK_DGRAM = 2;
  static final int O_RDWR = 2;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;

  private static final MethodHandle UNSHARE =
      Libc.handle("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SOCKET =
      Libc.handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle OPEN =
      Libc.variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IOCTL =
      Libc.variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  private static final MethodHandle READ =
      Libc.handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      Libc.handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle PPOLL =
      Libc.handle("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle CLOSE =
      Libc.handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private DeviceCalls() {}

  /** {@code unshare(2)}: 0, or -1. */
  static int unshare(MemorySegment callState, int what) {
    try {
      return (int) UNSHARE.invokeExact(callState, what);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code socket(2)}: a descriptor, or -1. */
  static int socket(MemorySegment callState, int family, int type) {
    try {
      return (int) SOCKET.invokeExact(callState, family, type, 0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code open(2)} of something that exists: a descriptor, or -1. */
  static int open(MemorySegment callState, MemorySegment path, int flags) {
    try {
      return (int) OPEN.invokeExact(callState, path, flags);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code ioctl(2)} with a structure: 0, or -1. */
  static int ioctl(MemorySegment callState, int descriptor, long what, MemorySegment value) {
    try {
      return (int) IOCTL.invokeExact(callState, descriptor, what, value);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code read(2)}: the bytes read, or -1. */
  static long read(MemorySegment callState, int descriptor, MemorySegment buffer, long length) {
    try {
      return (long) READ.invokeExact(callState, descriptor, buffer, length);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code write(2)}: the bytes written, or -1. */
  static long write(MemorySegment callState, int descriptor, MemorySegment buffer, long length) {
    try {
      return (long) WRITE.invokeExact(callState, descriptor, buffer, length);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code ppoll(2)} of one descriptor: 1, 0 when time is up, or -1. */
  static int ppoll(MemorySegment callState, MemorySegment descriptor, MemorySegment timeout) {
    try {
      return (int) PPOLL.invokeExact(callState, descriptor, 1L, timeout, MemorySegment.NULL);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code close(2)}: 0, or -1. */
  static int close(MemorySegment callState, int descriptor) {
    try {
      return (int) CLOSE.invokeExact(callState, descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
