package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.load.ProbeMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
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

  /** So far the number of a message may lie from the one before: a client may send on many ways. */
  private static final long LONGEST_STEP = 1 << 20;

  /** By chance a fill may seem to go on for some bytes into the next message. */
  private static final int CHANCE_BYTES = 3;

  /** So many bytes of fill that are right tell a message from anything else. */
  private static final int ENOUGH_FILL = 16;

  /** In less time a clock may stand still: one on a desktop goes in steps of 16 ms. */
  private static final Duration LONG_ENOUGH = Duration.ofMillis(100);

  /** Between the sender's clock and what was seen there may be so much of a difference. */
  private static final int CLOCK_FACTOR = 20;

  private final List<byte[]> messages;
  private final long elapsedNanos;

  private ProbeMessages(List<byte[]> messages, long elapsedNanos) {
    this.messages = messages;
    this.elapsedNanos = elapsedNanos;
  }

  /**
   * Datagrams, which are messages.
   *
   * @param elapsedNanos between the arrival of the first and the last
   */
  static ProbeMessages of(List<byte[]> datagrams, long elapsedNanos) {
    return new ProbeMessages(List.copyOf(datagrams), elapsedNanos);
  }

  /**
   * A stream of messages of any lengths. Where one ends shows by its fill, and by the number of the
   * next; where the fill is wrong by that number alone.
   *
   * @param elapsedNanos between the arrival of its first and its last bytes
   * @throws Violation if there is no second number in a stream that is longer than any message
   */
  static ProbeMessages of(byte[] stream, long elapsedNanos) throws Violation {
    if (stream.length < HEADER) {
      throw Violation.of(
          "%d bytes are no probe message".formatted(stream.length), new byte[HEADER], stream);
    }
    List<byte[]> messages = new ArrayList<>();
    int at = 0;
    while (stream.length - at >= HEADER) {
      int length = length(stream, at);
      messages.add(Arrays.copyOfRange(stream, at, at + length));
      at += length;
    }
    return new ProbeMessages(messages, elapsedNanos);
  }

  private static int length(byte[] stream, int at) throws Violation {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    long first = bytes.getLong(at);
    int byFill = endOfFill(stream, at);
    if (byFill == stream.length) {
      return byFill - at;
    }
    int next = nextAround(stream, at, byFill);
    if (next == NONE) {
      next = search(bytes, at, number -> number == first + 1);
    }
    if (next == NONE) {
      next = search(bytes, at, number -> follows(number, first));
    }
    if (next == NONE) {
      next = search(bytes, at, number -> number > first && number - first <= LONGEST_STEP);
    }
    if (next == NONE && stream.length - at > LONGEST) {
      throw Violation.of(
          "no second sequence number follows",
          numbered(first + 1),
          Arrays.copyOfRange(stream, at, at + HEADER));
    }
    return (next == NONE ? stream.length : next) - at;
  }

  /** Where the fill of the message that begins there ends, or could. */
  private static int endOfFill(byte[] stream, int at) {
    long sequence = ByteBuffer.wrap(stream).getLong(at);
    int most = Math.min(stream.length, at + LONGEST);
    int end = at + HEADER;
    while (end < most && stream[end] == fill(end - at, sequence)) {
      end++;
    }
    return end;
  }

  /** Where the next message begins, around the end of this one's fill; or {@link #NONE}. */
  private static int nextAround(byte[] stream, int at, int end) {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    long first = bytes.getLong(at);
    int best = NONE;
    int bestFill = NONE;
    for (int next = end; next >= Math.max(at + HEADER, end - CHANCE_BYTES); next--) {
      if (next + Long.BYTES <= bytes.limit()
          && isNear(bytes.getLong(next), first, end - at - HEADER)) {
        int fill = next + HEADER > bytes.limit() ? 0 : endOfFill(stream, next) - next - HEADER;
        if (Math.min(fill, ENOUGH_FILL) >= bestFill) {
          best = next;
          bestFill = Math.min(fill, ENOUGH_FILL);
        }
      }
    }
    return best;
  }

  /** A number that does not rise is none, unless a fill stands before it that is right. */
  private static boolean isNear(long number, long first, int fill) {
    return Math.abs(number - first) <= LONGEST_STEP && (number > first || fill > CHANCE_BYTES);
  }

  /** Where a number begins that could be the next, or {@link #NONE}. */
  private static int search(ByteBuffer bytes, int from, LongPredicate next) {
    int last = Math.min(from + LONGEST, bytes.limit() - Long.BYTES);
    for (int at = from + HEADER; at <= last; at++) {
      if (next.test(bytes.getLong(at))) {
        return at;
      }
    }
    return NONE;
  }

  /** Whether a number follows another if both have their lowest byte first. */
  private static boolean follows(long number, long before) {
    long step = Long.reverseBytes(number) - Long.reverseBytes(before);
    return step > 0 && step <= LONGEST_STEP;
  }

  private static byte fill(int position, long sequence) {
    return (byte) (((position + (sequence & 0xFF) + 1) * GOLDEN_RATIO) >>> 56);
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
      if (follows(now, before) && Math.abs(now - before) > LONGEST_STEP) {
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
    checkUnit();
  }

  /** Nanoseconds pass a million times as fast as milliseconds. */
  private void checkUnit() throws Violation {
    long told = time(messages.getLast()) - time(messages.getFirst());
    if (count() < 2 || elapsedNanos < LONG_ENOUGH.toNanos()) {
      return;
    }
    if (told == 0) {
      throw Violation.of("the first and the last message have the same send time");
    }
    if (told < elapsedNanos / CLOCK_FACTOR || told / CLOCK_FACTOR > elapsedNanos) {
      throw Violation.of(
          "by its send times %,d ns passed between the first and the last message, and it was some %,d ns: they do not count nanoseconds"
              .formatted(told, elapsedNanos));
    }
  }

  /** Whether the fill is what the sequence number says. */
  void checkFill() throws Violation {
    for (byte[] message : messages) {
      byte[] right = message.clone();
      for (int at = HEADER; at < right.length; at++) {
        right[at] = fill(at, sequence(message));
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
