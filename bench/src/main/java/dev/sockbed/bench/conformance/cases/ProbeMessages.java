package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.load.ProbeMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** The probe messages that a measuring client sent, as the protocol describes them. */
final class ProbeMessages {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final int LONGEST = 65_507;
  private static final int NONE = -1;
  private static final int HEADER = ProbeMessage.HEADER_BYTES;

  private final List<byte[]> messages;

  private ProbeMessages(List<byte[]> messages) {
    this.messages = messages;
  }

  /** Datagrams, which are messages. */
  static ProbeMessages of(List<byte[]> datagrams) {
    return new ProbeMessages(List.copyOf(datagrams));
  }

  /**
   * A stream of messages that all have one length: the shortest at which a second sequence number,
   * higher than the first, begins.
   *
   * @throws Violation if there is no such length
   */
  static ProbeMessages of(byte[] stream) throws Violation {
    if (stream.length < HEADER) {
      throw Violation.of(
          "%d bytes are no probe message".formatted(stream.length), new byte[HEADER], stream);
    }
    int length = length(stream);
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at + length <= stream.length; at += length) {
      messages.add(Arrays.copyOfRange(stream, at, at + length));
    }
    return new ProbeMessages(messages);
  }

  private static int length(byte[] stream) throws Violation {
    long first = ByteBuffer.wrap(stream).getLong(0);
    int length = distance(stream, number -> number == first + 1);
    if (length == NONE) {
      length = distance(stream, number -> follows(number, first));
    }
    if (length == NONE && stream.length <= LONGEST) {
      length = stream.length;
    }
    if (length == NONE) {
      throw Violation.of(
          "no second sequence number follows", numbered(first + 1), Arrays.copyOf(stream, HEADER));
    }
    return length;
  }

  /** How far behind the first number the second begins, or {@link #NONE}. */
  private static int distance(byte[] stream, LongPredicate second) {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    for (int at = HEADER; at <= Math.min(LONGEST, stream.length - Long.BYTES); at++) {
      if (second.test(bytes.getLong(at))) {
        return at;
      }
    }
    return NONE;
  }

  /** Whether a number is the next if both have their lowest byte first. */
  private static boolean follows(long number, long before) {
    return Long.reverseBytes(number) - Long.reverseBytes(before) == 1;
  }

  private static byte[] numbered(long sequence) {
    return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
  }

  /** How many there are. */
  int count() {
    return messages.size();
  }

  /** Whether each has a header, and the number in it its highest byte first. */
  void checkHeaders() throws Violation {
    for (byte[] message : messages) {
      if (message.length < HEADER) {
        throw Violation.of(
            "a message of %d bytes: check with messages of 16 bytes or more"
                .formatted(message.length));
      }
    }
    for (int i = 1; i < messages.size(); i++) {
      long before = sequence(messages.get(i - 1));
      long now = sequence(messages.get(i));
      if (follows(now, before) && now - before != 1) {
        throw Violation.of(
            "the sequence number has its lowest byte first",
            numbered(Long.reverseBytes(now)),
            numbered(now));
      }
    }
  }

  /** Whether the numbers rise. */
  void checkSequence() throws Violation {
    for (int i = 1; i < messages.size(); i++) {
      long before = sequence(messages.get(i - 1));
      long now = sequence(messages.get(i));
      if (now <= before) {
        throw Violation.of("sequence number %d follows %d".formatted(now, before));
      }
    }
  }

  /** Whether time passes, and does not go back. */
  void checkTimes() throws Violation {
    for (int i = 1; i < messages.size(); i++) {
      long before = time(messages.get(i - 1));
      long now = time(messages.get(i));
      if (now < before) {
        throw Violation.of("send time %d follows %d".formatted(now, before));
      }
    }
    if (count() > 1 && time(messages.getLast()) == time(messages.getFirst())) {
      throw Violation.of("the first and the last message have the same send time");
    }
  }

  /** Whether the fill is what the sequence number says. */
  void checkFill() throws Violation {
    for (byte[] message : messages) {
      byte[] right = message.clone();
      int pattern = (int) (sequence(message) & 0xFF);
      for (int at = HEADER; at < right.length; at++) {
        right[at] = (byte) (((at + pattern + 1) * GOLDEN_RATIO) >>> 56);
      }
      if (!Arrays.equals(right, message)) {
        throw Violation.of(
            "message %d has another fill".formatted(sequence(message)), right, message);
      }
    }
  }

  private static long sequence(byte[] message) {
    return ByteBuffer.wrap(message).getLong(0);
  }

  private static long time(byte[] message) {
    return ByteBuffer.wrap(message).getLong(Long.BYTES);
  }
}
