package dev.sockbed.common.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * On which processors the calling thread may run. Two threads on one processor, on two that share a
 * cache, or on two that sleep, give round trips that differ more than TCP and UDP do.
 *
 * <p>Processors are numbered as in {@code /proc/cpuinfo}, from 0. A thread that is started later
 * inherits the processors of the one that starts it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html">
 *     sched_setaffinity(2)</a>
 */
public final class CpuAffinity {
  /** Room for as many processors as Linux can be built for. */
  private static final int MASK_BYTES = 8192 / Byte.SIZE;

  private CpuAffinity() {}

  /** Whether {@link #allowed} and {@link #pin} work here. */
  public static boolean isAvailable() {
    return NativeAccess.isThere();
  }

  /**
   * The processors that the calling thread may run on.
   *
   * @return at least one number
   * @throws NotOnThisSystemException if {@link #isAvailable} is false
   */
  public static SortedSet<Integer> allowed() {
    requireAvailable();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      MemorySegment callState = arena.allocate(Libc.callState());
      // The C library's wrapper returns 0, having cleared what the kernel left out.
      if (Libc.schedGetAffinity(callState, mask) != 0) {
        throw new IllegalStateException(
            "sched_getaffinity failed with errno " + Libc.errno(callState));
      }
      return BitSet.valueOf(mask.toArray(ValueLayout.JAVA_BYTE)).stream()
          .boxed()
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /**
   * Lets the calling thread run on these processors only, from now on.
   *
   * @param processors at least one number
   * @throws IllegalArgumentException if a processor is not there, or is not for this process
   * @throws IllegalStateException if the thread is virtual: it has no processor of its own
   * @throws NotOnThisSystemException if {@link #isAvailable} is false
   */
  public static void pin(Collection<Integer> processors) {
    requireAvailable();
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a virtual thread can't be pinned to a processor");
    }
    BitSet bits = new BitSet();
    for (int processor : processors) {
      if (processor < 0 || processor >= MASK_BYTES * Byte.SIZE) {
        throw new IllegalArgumentException("no processor has the number " + processor);
      }
      bits.set(processor);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      MemorySegment.copy(
          bits.toByteArray(), 0, mask, ValueLayout.JAVA_BYTE, 0, bits.toByteArray().length);
      MemorySegment callState = arena.allocate(Libc.callState());
      if (Libc.schedSetAffinity(callState, mask) != 0) {
        throw refused(processors, Libc.errno(callState));
      }
    }
    requireAll(processors);
  }

  /**
   * Lets the calling thread run on these processors only, until the answer is closed by the same
   * thread; then it may run where it might before. Threads and processes that it starts meanwhile
   * stay on them.
   *
   * @param processors none leaves the thread as it is, on any system
   * @throws IllegalArgumentException as {@link #pin}
   * @throws IllegalStateException as {@link #pin}
   * @throws NotOnThisSystemException as {@link #pin}
   */
  public static Pinned pinned(Collection<Integer> processors) {
    if (processors.isEmpty()) {
      return new Pinned(List.of());
    }
    Pinned pinned = new Pinned(List.copyOf(allowed()));
    pin(processors);
    return pinned;
  }

  /** A thread's stay on some processors. */
  public static final class Pinned implements AutoCloseable {
    private final List<Integer> before;

    private Pinned(List<Integer> before) {
      this.before = before;
    }

    /** Ends it. */
    @Override
    public void close() {
      if (!before.isEmpty()) {
        pin(before);
      }
    }
  }

  /** The kernel leaves out what it can't give as long as anything is left. */
  private static void requireAll(Collection<Integer> processors) {
    SortedSet<Integer> granted = allowed();
    if (!granted.containsAll(processors)) {
      throw new IllegalArgumentException(
          "of the processors %s only %s are there".formatted(sorted(processors), granted));
    }
  }

  private static RuntimeException refused(Collection<Integer> processors, int errno) {
    String pinning = "pinning to the processors " + sorted(processors);
    return errno == Libc.EINVAL
        ? new IllegalArgumentException(
            pinning + ": none of them is there; this thread may use " + allowed())
        : new IllegalStateException(pinning + " failed with errno " + errno);
  }

  private static SortedSet<Integer> sorted(Collection<Integer> processors) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(processors));
  }

  private static void requireAvailable() {
    if (!isAvailable()) {
      throw new NotOnThisSystemException("pinning threads to processors");
    }
  }
}
