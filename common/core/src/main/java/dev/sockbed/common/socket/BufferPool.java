package dev.sockbed.common.socket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers of one size that are lent and given back. Only the collector frees a direct buffer
 * that was dropped, and it knows no hurry: connections that come and go would fill the memory long
 * before. A pool holds as many buffers as were ever lent at once, and makes no garbage by lending
 * again. May be used by many threads.
 */
public final class BufferPool {
  private static final long SHORTAGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int bytes;

  /** Guarded by this. */
  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /** Until when none is asked for, after there was no memory for one; guarded by this. */
  private long shortageEndNanos = System.nanoTime();

  /**
   * Holds none yet.
   *
   * @param bytes the size of each buffer
   */
  public BufferPool(int bytes) {
    this.bytes = bytes;
  }

  /**
   * An empty buffer, to be given back.
   *
   * @throws OutOfMemoryError if there is no memory for another one
   */
  public ByteBuffer borrow() {
    ByteBuffer buffer = freeOne();
    return buffer == null ? ByteBuffer.allocateDirect(bytes) : buffer;
  }

  /**
   * As {@link #borrow}, for callers that can do without.
   *
   * @return null if there is no memory for another one, or was none within the last second: to find
   *     that out takes the JDK half a second
   */
  @Nullable ByteBuffer tryBorrow() {
    ByteBuffer buffer = freeOne();
    if (buffer != null || isShort()) {
      return buffer;
    }
    try {
      return ByteBuffer.allocateDirect(bytes);
    } catch (OutOfMemoryError e) {
      noteShortage();
      return null;
    }
  }

  private synchronized @Nullable ByteBuffer freeOne() {
    ByteBuffer buffer = free.pollLast();
    return buffer == null ? null : buffer.clear();
  }

  private synchronized boolean isShort() {
    return System.nanoTime() - shortageEndNanos < 0;
  }

  private synchronized void noteShortage() {
    shortageEndNanos = System.nanoTime() + SHORTAGE_NANOS;
  }

  /** Takes back a buffer of this pool, once; who borrowed it does not touch it again. */
  public synchronized void giveBack(ByteBuffer buffer) {
    free.addLast(buffer);
  }
}
