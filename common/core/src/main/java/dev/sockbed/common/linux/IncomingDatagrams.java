package dev.sockbed.common.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams received with one {@code recvmmsg(2)}, several of one sender as one message where the
 * system joins them ({@code UDP_GRO}), and handed out one by one. Never waits. Used by one thread
 * at a time; allocates nothing but the address of a sender who was not heard lately.
 *
 * @see OutgoingDatagrams
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
 */
public final class IncomingDatagrams {
  /** What a message of joined datagrams may have at most; a single one has less. */
  private static final int LONGEST_MESSAGE = 1 << 16;

  private static final int JOINED_MESSAGES = 8;
  private static final int SINGLE_MESSAGES = 64;

  private final DescriptorUse use;
  private final MemorySegment callState;
  private final ByteBuffer data;
  private final MessageVector vector;
  private final SocketAddresses senders;
  private final int messages;
  private final int messageBytes;

  /** Of the messages there are, how many were looked at. */
  private int filled;

  private int message = -1;

  // The message of which datagrams are handed out.
  private int begin;
  private int end;
  private int segmentBytes;
  private int next;
  private @Nullable InetSocketAddress sender;
  private boolean truncated;

  /**
   * Nothing received yet.
   *
   * @param inet6 whether the socket is of that family
   * @param longest bytes of the longest datagram that is to be seen whole
   * @throws IOException if the socket is closed
   */
  public IncomingDatagrams(DescriptorUse use, boolean inet6, int longest) throws IOException {
    this.use = use;
    this.senders = new SocketAddresses(inet6);
    boolean joins = SegmentationOffload.ofThisSystem().joins() && SegmentationOffload.join(use);
    this.messages = joins ? JOINED_MESSAGES : SINGLE_MESSAGES;
    this.messageBytes = joins ? LONGEST_MESSAGE : longest + 1;
    Arena arena = Arena.ofAuto();
    MemorySegment memory = arena.allocate((long) messages * messageBytes, Long.BYTES);
    this.callState = arena.allocate(Libc.callState());
    this.data = memory.asByteBuffer();
    this.vector = new MessageVector(arena, messages, memory);
    for (int i = 0; i < messages; i++) {
      vector.setBuffer(i, (long) i * messageBytes, messageBytes);
      vector.prepareToReceive(i);
    }
  }

  /** Whether a datagram is there that was not handed out yet. */
  public boolean hasNext() {
    return next < end || message + 1 < filled;
  }

  /**
   * Receives what there is; to be called when all that was received is handed out.
   *
   * @return whether there was anything
   * @throws PortUnreachableException if a peer refused an earlier datagram
   * @throws AsynchronousCloseException if the socket is closed
   */
  public boolean receive() throws IOException {
    for (int i = 0; i < filled; i++) {
      vector.prepareToReceive(i);
    }
    filled = 0;
    message = -1;
    int received;
    int errno;
    int descriptor = use.begin();
    try {
      do {
        received = Libc.recvmmsg(callState, descriptor, vector.from(0), messages);
        errno = received < 0 ? Libc.errno(callState) : 0;
      } while (errno == Libc.EINTR);
    } finally {
      use.end();
    }
    if (received < 0) {
      if (errno == Libc.EAGAIN) {
        return false;
      }
      throw Libc.failure("recvmmsg", errno);
    }
    filled = received;
    return received > 0;
  }

  /**
   * Hands out the next datagram; to be called if {@link #hasNext}.
   *
   * @param buffer gets it at its position, which moves
   * @param limit the most bytes to hand out; the rest is gone
   * @return how many bytes those are
   */
  public int next(ByteBuffer buffer, int limit) {
    if (next >= end) {
      open(++message);
    }
    int datagram = Math.min(segmentBytes, end - next);
    int length = Math.min(datagram, limit);
    buffer.put(buffer.position(), data, begin + next, length);
    buffer.position(buffer.position() + length);
    next += datagram;
    truncated = length < datagram || (next >= end && vector.truncated(message));
    return length;
  }

  /**
   * Hands out the next datagram as {@link #next} does, and with it those that follow if they are of
   * the same sender and length, one after the other; to be called if {@link #hasNext}.
   *
   * @param buffer gets them at its position, which moves; it has room for one of that limit at
   *     least
   * @return how many bytes each of them has; if that is 0 it is one
   */
  public int nextRun(ByteBuffer buffer, int limit) {
    int length = next(buffer, limit);
    if (length == 0 || length < segmentBytes || vector.truncated(message)) {
      return length;
    }
    int more = Math.min(end - next, buffer.remaining()) / length * length;
    buffer.put(buffer.position(), data, begin + next, more);
    buffer.position(buffer.position() + more);
    next += more;
    return length;
  }

  private void open(int opened) {
    begin = opened * messageBytes;
    next = 0;
    end = vector.length(opened);
    int joined = vector.segmentBytes(opened);
    segmentBytes = joined == 0 ? end : joined;
    sender = senders.decode(vector.names(), (long) opened * SocketAddresses.BYTES);
  }

  /** Whether the datagram handed out last was longer than what was handed out. */
  public boolean truncated() {
    return truncated;
  }

  /** Who sent the datagram that was handed out last; null before the first. */
  public @Nullable InetSocketAddress sender() {
    return sender;
  }
}
