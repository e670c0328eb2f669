package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The {@code struct mmsghdr} array of {@code recvmmsg(2)} and {@code sendmmsg(2)}: for each message
 * its buffer, its address and one control message. The same on x86-64 and aarch64, which are both
 * LP64 and little-endian:
 *
 * <pre>
 * struct mmsghdr (64 bytes)          struct iovec (16)     struct cmsghdr (16), data behind it
 *    0  void *msg_name                0  void *base         0  size_t cmsg_len
 *    8  socklen_t msg_namelen         8  size_t len         8  int cmsg_level
 *   16  struct iovec *msg_iov                              12  int cmsg_type
 *   24  size_t msg_iovlen
 *   32  void *msg_control
 *   40  size_t msg_controllen
 *   48  int msg_flags
 *   56  unsigned msg_len
 * </pre>
 */
final class MessageVector {
  private static final int HEADER_BYTES = 64;
  private static final int NAME_LENGTH = 8;
  private static final int BUFFERS = 16;
  private static final int BUFFER_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;
  private static final int LENGTH = 56;

  private static final int BUFFER_BYTES = 16;
  private static final int BUFFER_LENGTH = 8;

  private static final int CONTROL_HEADER_BYTES = 16;
  private static final int CONTROL_LEVEL = 8;
  private static final int CONTROL_TYPE = 12;

  /** CMSG_SPACE of an int, and of a short. */
  private static final int CONTROL_BYTES = 24;

  private final MemorySegment headers;
  private final MemorySegment buffers;
  private final MemorySegment controls;
  private final MemorySegment names;
  private final long dataAddress;

  /** The vector from each message on; made once, since a slice is an object. */
  private final MemorySegment[] tails;

  /**
   * A vector whose messages have no buffers yet.
   *
   * @param messages how many
   * @param data where all their bytes are
   */
  MessageVector(Arena arena, int messages, MemorySegment data) {
    headers = arena.allocate((long) HEADER_BYTES * messages, Long.BYTES);
    buffers = arena.allocate((long) BUFFER_BYTES * messages, Long.BYTES);
    controls = arena.allocate((long) CONTROL_BYTES * messages, Long.BYTES);
    names = arena.allocate((long) SocketAddresses.BYTES * messages, Long.BYTES);
    dataAddress = data.address();
    tails = new MemorySegment[messages];
    for (int i = 0; i < messages; i++) {
      MemorySegment buffer = buffers.asSlice((long) BUFFER_BYTES * i, BUFFER_BYTES);
      headers.set(ADDRESS, header(i) + BUFFERS, buffer);
      headers.set(JAVA_LONG, header(i) + BUFFER_COUNT, 1);
      MemorySegment name = names.asSlice((long) SocketAddresses.BYTES * i, SocketAddresses.BYTES);
      headers.set(ADDRESS, header(i), name);
      headers.set(
          ADDRESS, header(i) + CONTROL, controls.asSlice((long) CONTROL_BYTES * i, CONTROL_BYTES));
      tails[i] = headers.asSlice(header(i));
    }
  }

  private static long header(int message) {
    return (long) HEADER_BYTES * message;
  }

  /** All addresses; that of message i begins at i times {@link SocketAddresses#BYTES}. */
  MemorySegment names() {
    return names;
  }

  /** The vector from that message on, as the system calls want it. */
  MemorySegment from(int message) {
    return tails[message];
  }

  /** Says where the message's bytes are in the data. */
  void setBuffer(int message, long offset, long length) {
    buffers.set(JAVA_LONG, (long) BUFFER_BYTES * message, dataAddress + offset);
    buffers.set(JAVA_LONG, (long) BUFFER_BYTES * message + BUFFER_LENGTH, length);
  }

  /** Says how long the message's address is; 0 is none. */
  void setNameLength(int message, int bytes) {
    headers.set(JAVA_INT, header(message) + NAME_LENGTH, bytes);
  }

  /** Gives a message the address of another. */
  void copyName(int from, int to) {
    long at = (long) SocketAddresses.BYTES * from;
    names
        .asSlice((long) SocketAddresses.BYTES * to, SocketAddresses.BYTES)
        .copyFrom(names.asSlice(at, SocketAddresses.BYTES));
  }

  /** Makes room for an address and a control message, of which a receive left the lengths. */
  void prepareToReceive(int message) {
    setNameLength(message, SocketAddresses.BYTES);
    headers.set(JAVA_LONG, header(message) + CONTROL_LENGTH, CONTROL_BYTES);
  }

  /** Lets the system cut the message into datagrams of that many bytes; 0 does not cut. */
  void setSegmentBytes(int message, int bytes) {
    long control = (long) CONTROL_BYTES * message;
    long length = bytes == 0 ? 0 : CONTROL_BYTES;
    headers.set(JAVA_LONG, header(message) + CONTROL_LENGTH, length);
    if (bytes > 0) {
      controls.set(JAVA_LONG, control, CONTROL_HEADER_BYTES + Short.BYTES);
      controls.set(JAVA_INT, control + CONTROL_LEVEL, Libc.IPPROTO_UDP);
      controls.set(JAVA_INT, control + CONTROL_TYPE, Libc.UDP_SEGMENT);
      controls.set(JAVA_SHORT, control + CONTROL_HEADER_BYTES, (short) bytes);
    }
  }

  /** How many bytes were received. */
  int length(int message) {
    return headers.get(JAVA_INT, header(message) + LENGTH);
  }

  /** Whether there were more, which are gone. */
  boolean truncated(int message) {
    return (headers.get(JAVA_INT, header(message) + FLAGS) & Libc.MSG_TRUNC) != 0;
  }

  /** How long each datagram is that the system put into the message, the last one aside; or 0. */
  int segmentBytes(int message) {
    long control = (long) CONTROL_BYTES * message;
    boolean there =
        headers.get(JAVA_LONG, header(message) + CONTROL_LENGTH) >= CONTROL_HEADER_BYTES
            && controls.get(JAVA_INT, control + CONTROL_LEVEL) == Libc.IPPROTO_UDP
            && controls.get(JAVA_INT, control + CONTROL_TYPE) == Libc.UDP_GRO;
    return there ? controls.get(JAVA_INT, control + CONTROL_HEADER_BYTES) : 0;
  }
}
