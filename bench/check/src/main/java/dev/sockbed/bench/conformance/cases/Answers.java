package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Takes a board's stream of answers apart: each is the prefix and 1 to 128 of the bytes that were
 * sent. Where an answer ends shows only by the next prefix, so what is sent must not hold one.
 */
final class Answers {
  /** What each answer begins with. */
  static final byte[] PREFIX = "I got:".getBytes(StandardCharsets.US_ASCII);

  /** What a board sends first. */
  static final byte[] GREETING = "Hello 01Studio!".getBytes(StandardCharsets.US_ASCII);

  /** The board's receive limit. */
  static final int LONGEST = 128;

  private final byte[] expected;
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private int answers;
  private int matched;
  private int inThisAnswer;

  /** How far into the raw bytes all is understood. */
  private int read;

  /**
   * Answers to come.
   *
   * @param expected what was sent to the board
   */
  Answers(byte[] expected) {
    this.expected = expected;
  }

  /** The answer to what was received in one piece. */
  static byte[] to(byte[] received) {
    byte[] answer = Arrays.copyOf(PREFIX, PREFIX.length + received.length);
    System.arraycopy(received, 0, answer, PREFIX.length, received.length);
    return answer;
  }

  /**
   * Takes some more of the stream.
   *
   * @throws Violation if it can't be what a right board sends
   */
  void add(byte[] bytes) throws Violation {
    raw.writeBytes(bytes);
    byte[] all = raw.toByteArray();
    while (read < all.length) {
      if (beginsPrefix(all)) {
        if (all.length - read < PREFIX.length) {
          return; // The rest of it is yet to come.
        }
        checkNotEmpty(all);
        answers++;
        inThisAnswer = 0;
        read += PREFIX.length;
      } else {
        take(all);
      }
    }
  }

  private boolean beginsPrefix(byte[] all) {
    int length = Math.min(PREFIX.length, all.length - read);
    boolean looksLikeIt = Arrays.equals(all, read, read + length, PREFIX, 0, length);
    boolean couldBeContent =
        length < PREFIX.length && matched < expected.length && all[read] == expected[matched];
    return looksLikeIt && !couldBeContent;
  }

  private void checkNotEmpty(byte[] all) throws Violation {
    if (answers > 0 && inThisAnswer == 0) {
      throw Violation.of("an answer without a byte", PREFIX, Arrays.copyOfRange(all, 0, read + 6));
    }
  }

  private void take(byte[] all) throws Violation {
    if (answers == 0) {
      throw Violation.of("an answer does not begin with 'I got:'", PREFIX, all);
    }
    if (matched == expected.length || all[read] != expected[matched]) {
      throw Violation.of(
          matched == expected.length
              ? "more came back than was sent"
              : "byte %,d came back changed".formatted(matched),
          whole(),
          all);
    }
    matched++;
    inThisAnswer++;
    read++;
    if (inThisAnswer > LONGEST) {
      throw Violation.of(
          "an answer with more than %d of the received bytes".formatted(LONGEST), whole(), all);
    }
  }

  /** What would be right, if the board received as much as it can each time. */
  private byte[] whole() {
    ByteArrayOutputStream right = new ByteArrayOutputStream();
    for (int at = 0; at < expected.length; at += LONGEST) {
      right.writeBytes(PREFIX);
      right.write(expected, at, Math.min(LONGEST, expected.length - at));
    }
    return right.toByteArray();
  }

  /** Whether all that was sent has come back. */
  boolean complete() {
    return matched == expected.length;
  }

  /** Fails unless all has come back, by the end of the stream. */
  void requireComplete(TcpEnd end) throws Violation {
    if (!complete()) {
      String what = "%s came back before the end (%s)".formatted(part(), end.label());
      throw Violation.of(what, whole(), raw.toByteArray());
    }
  }

  /** Fails unless all has come back, in that time. */
  void requireComplete(Duration within) throws Violation {
    if (!complete()) {
      String what = "%s came back within %d ms".formatted(part(), within.toMillis());
      throw Violation.late(what, whole(), raw.toByteArray(), within);
    }
  }

  private String part() {
    return answers == 0 ? "no answer" : "%,d of %,d bytes".formatted(matched, expected.length);
  }

  /** How many answers there were. */
  int count() {
    return answers;
  }
}
