package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A receive with a timeout on a connected datagram channel in one system call: {@code recv(2)} with
 * {@code SO_RCVTIMEO}. The JDK's own needs four, which makes a round trip a sixth longer than one
 * without a timeout, and so UDP look slower than it is beside TCP.
 *
 * <p>One thread at a time receives. It must be a platform thread: a virtual one would keep its
 * carrier in the system call. Any thread may close. The descriptor is never closed under a call
 * that uses it: {@link #close} wakes the receiver, which then closes the channel itself.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7), SO_RCVTIMEO</a>
 */
public final class TimedDatagramReceive implements Closeable {
  /** So often a waiting receive looks whether its thread was interrupted. */
  private static final Duration LONGEST_SLICE = Duration.ofMillis(100);

  private static final int TIMEVAL_BYTES = 16;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private enum State {
    IDLE,
    RECEIVING,
    CLOSED
  }

  private final DatagramChannel channel;
  private final int descriptor;
  private final ByteBuffer buffer;
  private final MemorySegment bytes;
  private final MemorySegment callState = Arena.ofAuto().allocate(Libc.callState());
  private final long timeoutNanos;
  private final long sliceNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  private TimedDatagramReceive(
      DatagramChannel channel, int descriptor, ByteBuffer buffer, long timeoutNanos) {
    this.channel = channel;
    this.descriptor = descriptor;
    this.buffer = buffer;
    this.bytes = MemorySegment.ofBuffer(buffer.duplicate().clear());
    this.timeoutNanos = timeoutNanos;
    this.sliceNanos = timeoutNanos / Math.ceilDiv(timeoutNanos, LONGEST_SLICE.toNanos());
  }

  /**
   * Prepares a channel, if this system and JDK let us.
   *
   * @param channel in blocking mode; to be connected before the first receive
   * @param buffer a direct buffer for all datagrams
   * @param timeout how long one receive may wait, longer than zero
   * @return null where it is not to be had
   */
  public static @Nullable TimedDatagramReceive of(
      DatagramChannel channel, ByteBuffer buffer, Duration timeout) {
    OptionalInt descriptor = NativeAccess.isThere() ? Descriptor.of(channel) : OptionalInt.empty();
    if (descriptor.isEmpty()) {
      return null;
    }
    TimedDatagramReceive receive =
        new TimedDatagramReceive(channel, descriptor.getAsInt(), buffer, timeout.toNanos());
    return receive.setTimeout() ? receive : null;
  }

  /** Cuts the timeout into equal slices, none longer than an interrupt may wait. */
  private boolean setTimeout() {
    long micros = Math.ceilDiv(sliceNanos, NANOS_PER_MICRO);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timeval = arena.allocate(TIMEVAL_BYTES, JAVA_LONG.byteAlignment());
      timeval.setAtIndex(JAVA_LONG, 0, micros / MICROS_PER_SECOND);
      timeval.setAtIndex(JAVA_LONG, 1, micros % MICROS_PER_SECOND);
      return Libc.setsockopt(callState, descriptor, Libc.SOL_SOCKET, Libc.SO_RCVTIMEO, timeval)
          == 0;
    }
  }

  /**
   * Waits for one datagram and puts it into the buffer from 0 on, up to the buffer's limit; the
   * position is then behind it.
   *
   * @return false if the descriptor does not block any more, since a virtual thread has used the
   *     channel: use the JDK's receive from now on
   * @throws SocketTimeoutException if none came in time
   * @throws PortUnreachableException if the peer refused an earlier datagram
   * @throws AsynchronousCloseException if it was closed, before or meanwhile
   * @throws ClosedByInterruptException if the thread was interrupted; the channel is closed
   */
  public boolean receive() throws IOException {
    if (!state.compareAndSet(State.IDLE, State.RECEIVING)) {
      throw new AsynchronousCloseException();
    }
    try {
      return receiveInSlices();
    } finally {
      if (!state.compareAndSet(State.RECEIVING, State.IDLE)) {
        channel.close();
      }
    }
  }

  private boolean receiveInSlices() throws IOException {
    long start = System.nanoTime();
    long sliceBegin = start;
    while (true) {
      long received = Libc.recv(callState, descriptor, bytes, buffer.limit());
      if (state.get() == State.CLOSED) {
        throw new AsynchronousCloseException();
      }
      if (received >= 0) {
        buffer.position((int) received);
        return true;
      }
      int errno = Libc.errno(callState);
      if (errno != Libc.EAGAIN && errno != Libc.EINTR) {
        throw Libc.failure("recv", errno);
      }
      if (Thread.currentThread().isInterrupted()) {
        close();
        throw new ClosedByInterruptException();
      }
      long now = System.nanoTime();
      if (errno == Libc.EAGAIN && now - sliceBegin < sliceNanos / 2) {
        return false;
      }
      if (now - start >= timeoutNanos) {
        throw new SocketTimeoutException("nothing within the time allowed");
      }
      sliceBegin = now;
    }
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return state.get() == State.CLOSED;
  }

  /** Closes the channel, or makes the thread that receives do so at once. */
  @Override
  public void close() throws IOException {
    State before = state.getAndSet(State.CLOSED);
    if (before == State.IDLE) {
      channel.close();
    } else if (before == State.RECEIVING) {
      try (Arena arena = Arena.ofConfined()) {
        Libc.shutdown(arena.allocate(Libc.callState()), descriptor, Libc.SHUT_RD);
      }
    }
  }
}
