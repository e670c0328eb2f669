package dev.sockbed.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a message, all numbers big-endian:
 *
 * <pre>
 *  0               1               2               3
 *  0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7
 * +-------------------------------+-------------------------------+
 * |                                                               |
 * +                sequence number, from 0 upward                 +
 * |                                                               |
 * +---------------------------------------------------------------+
 * |                                                               |
 * +        send time: nanoseconds of the sender's own clock       +
 * |                                                               |
 * +---------------------------------------------------------------+
 * |  fill: byte p is the highest byte of                          |
 * |  (p + sequence mod 256 + 1) * 0x9E3779B97F4A7C15 mod 2^64 ... |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * A message of 8 to 15 bytes has the sequence number and as many low-order bytes of the send time
 * as fit; one of 1 to 7 bytes has as many low-order bytes of the sequence number as fit. The fill
 * differs from message to message, so that the bytes of one are not taken for those of another.
 *
 * <p>Both ways allocate nothing. One thread may write and another check at the same time.
 */
public final class ProbeMessage {
  /** Sequence number and send time. */
  public static final int HEADER_BYTES = 2 * Long.BYTES;

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final int PATTERNS = 256;

  /** Eight bytes of a buffer at once. */
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Never changed after it was made, position and limit included. */
  private final ByteBuffer pattern;

  /** The same bytes, of which a part is chosen for comparing. */
  private final ByteBuffer part;

  /**
   * A codec.
   *
   * @param largest bytes of the longest message
   */
  public ProbeMessage(int largest) {
    pattern = ByteBuffer.allocateDirect(largest + PATTERNS);
    for (int i = 0; i < pattern.capacity(); i++) {
      pattern.put(i, (byte) (((i + 1) * GOLDEN_RATIO) >>> 56));
    }
    part = pattern.duplicate();
  }

  private ProbeMessage(ByteBuffer pattern) {
    this.pattern = pattern;
    this.part = pattern.duplicate();
  }

  /** The same codec for another thread. */
  ProbeMessage another() {
    return new ProbeMessage(pattern);
  }

  /**
   * Writes a message but for its send time, and makes it the buffer's remaining bytes.
   *
   * @param message with room for {@code size} bytes from 0
   */
  public void write(ByteBuffer message, int size, long sequence) {
    message.clear().limit(size);
    if (size < Long.BYTES) {
      writeLowOrder(message, 0, size, sequence);
      return;
    }
    message.putLong(0, sequence);
    if (size > HEADER_BYTES) {
      message.put(HEADER_BYTES, pattern, fillStart(sequence), size - HEADER_BYTES);
    }
  }

  /** Writes the send time, or as much of it as fits, into a message from {@link #write}. */
  public void stamp(ByteBuffer message, long sentNanos) {
    int size = message.limit();
    if (size >= HEADER_BYTES) {
      message.putLong(Long.BYTES, sentNanos);
    } else if (size > Long.BYTES) {
      writeLowOrder(message, Long.BYTES, size - Long.BYTES, sentNanos);
    }
  }

  /** Writes a message with its send time at the buffer's position, which moves behind it. */
  void put(ByteBuffer messages, int size, long sequence, long sentNanos) {
    int at = messages.position();
    if (size < Long.BYTES) {
      writeLowOrder(messages, at, size, sequence);
    } else {
      messages.putLong(at, sequence);
      if (size >= HEADER_BYTES) {
        messages.putLong(at + Long.BYTES, sentNanos);
        messages.put(at + HEADER_BYTES, pattern, fillStart(sequence), size - HEADER_BYTES);
      } else {
        writeLowOrder(messages, at + Long.BYTES, size - Long.BYTES, sentNanos);
      }
    }
    messages.position(at + size);
  }

  /**
   * The sequence number in the remaining bytes, or its low-order bytes if there are under eight.
   */
  public static long sequence(ByteBuffer message) {
    int length = message.remaining();
    return length >= Long.BYTES
        ? message.getLong(message.position())
        : lowOrder(message, 0, length);
  }

  /** Whether the remaining bytes begin with that sequence number, as far as they go. */
  boolean hasSequence(ByteBuffer message, int size, long sequence) {
    int length = Math.min(message.remaining(), size);
    if (length >= Long.BYTES) {
      return message.getLong(message.position()) == sequence;
    }
    // Of a short message cut still shorter, or of a long one cut within its first eight bytes.
    int bytesOfNumber = Math.min(size, Long.BYTES);
    return lowOrder(message, 0, length)
        == lowOrderOf(sequence >>> (Byte.SIZE * (bytesOfNumber - length)), length);
  }

  /** Whether the remaining bytes hold that send time, as far as they go. */
  boolean hasTime(ByteBuffer message, int size, long sentNanos) {
    int length = Math.min(message.remaining(), size) - Long.BYTES;
    if (length <= 0) {
      return true;
    }
    if (length >= Long.BYTES) {
      return message.getLong(message.position() + Long.BYTES) == sentNanos;
    }
    int bytesOfTime = Math.min(size - Long.BYTES, Long.BYTES);
    return lowOrder(message, Long.BYTES, length)
        == lowOrderOf(sentNanos >>> (Byte.SIZE * (bytesOfTime - length)), length);
  }

  /** Whether the remaining bytes hold the fill of that message, as far as they go. */
  boolean hasFill(ByteBuffer message, int size, long sequence) {
    int length = Math.min(message.remaining(), size) - HEADER_BYTES;
    if (length <= 0) {
      return true;
    }
    int begin = message.position();
    int end = message.limit();
    int fill = fillStart(sequence);
    message.limit(begin + HEADER_BYTES + length).position(begin + HEADER_BYTES);
    part.limit(fill + length).position(fill);
    boolean same = message.mismatch(part) < 0;
    message.limit(end).position(begin);
    part.clear();
    return same;
  }

  /** Whether a message with its header stands at that index, with no byte changed. */
  boolean isWhole(ByteBuffer messages, int at, int size, long sequence, long sentNanos) {
    return size >= HEADER_BYTES
        && messages.getLong(at) == sequence
        && messages.getLong(at + Long.BYTES) == sentNanos
        && isFill(messages, at + HEADER_BYTES, size - HEADER_BYTES, fillStart(sequence));
  }

  private boolean isFill(ByteBuffer messages, int at, int length, int fill) {
    long differences = 0;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      differences |= (long) LONG.get(messages, at + i) ^ (long) LONG.get(pattern, fill + i);
    }
    for (; i < length; i++) {
      differences |= messages.get(at + i) ^ pattern.get(fill + i);
    }
    return differences == 0;
  }

  private static int fillStart(long sequence) {
    return (int) (sequence & (PATTERNS - 1)) + HEADER_BYTES;
  }

  private static void writeLowOrder(ByteBuffer message, int at, int length, long value) {
    for (int i = 0; i < length; i++) {
      message.put(at + i, (byte) (value >>> (Byte.SIZE * (length - 1 - i))));
    }
  }

  private static long lowOrder(ByteBuffer message, int at, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << Byte.SIZE) | (message.get(message.position() + at + i) & 0xFF);
    }
    return value;
  }

  /** The {@code length} low-order bytes of a number; under eight of them. */
  static long lowOrderOf(long value, int length) {
    return value & ((1L << (Byte.SIZE * length)) - 1);
  }
}
