package dev.sockbed.bench.load;

import dev.sockbed.common.ByteSizes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How long the messages are: all alike, or in turn as in a list. The size follows from the sequence
 * number, so that a receiver knows what to expect without being told.
 */
public final class MessageSizes {
  private static final int LARGEST = 16 << 20;
  private static final int MOST = 1_000;

  private final int[] bytes;

  private MessageSizes(int[] bytes) {
    if (bytes.length < 1 || bytes.length > MOST) {
      throw new IllegalArgumentException("a list of sizes has 1 to " + MOST + " of them");
    }
    for (int size : bytes) {
      if (size < 1 || size > LARGEST) {
        throw new IllegalArgumentException(
            "a message has 1 to %d bytes, not %d".formatted(LARGEST, size));
      }
    }
    this.bytes = bytes;
  }

  /**
   * The sizes of messages 0, 1, 2, … in bytes; after the last comes the first again.
   *
   * @throws IllegalArgumentException if there is none, more than 1,000, or one is not 1 byte to 16
   *     MiB
   */
  public static MessageSizes of(int... bytes) {
    return new MessageSizes(bytes.clone());
  }

  /**
   * Reads {@code 128} or {@code 16,64,4KiB}.
   *
   * @throws IllegalArgumentException if it is neither, or a size is out of range
   */
  public static MessageSizes parse(String text) {
    return new MessageSizes(
        Arrays.stream(text.split(",", -1)).map(String::strip).mapToInt(ByteSizes::parse).toArray());
  }

  /** Bytes of the message with that sequence number. */
  public int at(long sequence) {
    return bytes.length == 1 ? bytes[0] : bytes[(int) (sequence % bytes.length)];
  }

  /** Bytes of the longest message. */
  public int largest() {
    return Arrays.stream(bytes).max().orElseThrow();
  }

  /** Every size, in turn. */
  public List<Integer> list() {
    return Arrays.stream(bytes).boxed().toList();
  }

  /** How many messages go by until the sizes begin again. */
  int cycle() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageSizes sizes && Arrays.equals(bytes, sizes.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return Arrays.stream(bytes).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }
}
