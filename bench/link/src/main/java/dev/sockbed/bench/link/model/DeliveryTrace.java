package dev.sockbed.bench.link.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a recorded link could send a packet, in the format of Mahimahi: a line for each opportunity
 * to send 1,500 bytes, with the time in milliseconds since the beginning. An opportunity takes
 * several small packets, or a part of one; what nobody uses is gone. After the last line the trace
 * begins again, which is also how long it takes.
 *
 * @see <a href="https://github.com/ravinet/mahimahi">Mahimahi, whose mm-link replays such files</a>
 */
public final class DeliveryTrace {
  /** Bytes that one opportunity takes, IP headers counted. */
  public static final int BYTES = 1_500;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LONGEST_MILLIS = 24L * 60 * 60 * 1_000;
  private static final int MOST_DIGITS = 9;

  private final String name;

  /** Never falling; the last, at which the trace begins again, is above zero. */
  private final int[] millis;

  private DeliveryTrace(String name, int[] millis) {
    this.name = name;
    this.millis = millis;
  }

  /**
   * Reads a trace.
   *
   * @param name what it is called when it is told of
   * @param lines at least one; each a whole number of milliseconds, not less than the one before,
   *     the last above 0 and at most a day
   * @throws IllegalArgumentException naming the line and the first fault in it
   */
  public static DeliveryTrace parse(String name, List<String> lines) {
    int[] millis = new int[lines.size()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = time(lines.get(i), i + 1);
      if (i > 0 && millis[i] < millis[i - 1]) {
        throw new IllegalArgumentException(
            "line %d: %d is before %d on the line before"
                .formatted(i + 1, millis[i], millis[i - 1]));
      }
    }
    if (millis.length == 0) {
      throw new IllegalArgumentException("a trace has at least one line");
    }
    if (millis[millis.length - 1] == 0) {
      throw new IllegalArgumentException(
          "a trace must last for some time, and all its lines are 0");
    }
    return new DeliveryTrace(name, millis);
  }

  private static int time(String line, int number) {
    if (line.isEmpty()
        || line.length() > MOST_DIGITS
        || !line.chars().allMatch(DeliveryTrace::isDigit)) {
      throw new IllegalArgumentException(
          "line %d: not a time in milliseconds: '%s'".formatted(number, shortened(line)));
    }
    int time = Integer.parseInt(line);
    if (time > LONGEST_MILLIS) {
      throw new IllegalArgumentException(
          "line %d: a trace lasts at most 24 h, and that is %d ms".formatted(number, time));
    }
    return time;
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }

  private static String shortened(String line) {
    return line.length() <= 40 ? line : line.substring(0, 39) + "…";
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** How many bits a second it carries on average. */
  public long meanBitsPerSecond() {
    return (long) millis.length * BYTES * 8 * 1_000 / millis[millis.length - 1];
  }

  /**
   * When an opportunity comes.
   *
   * @param index from 0; those of the trace's second time follow those of its first
   * @return nanoseconds since the beginning
   */
  long atNanos(long index) {
    long before = index / millis.length * millis[millis.length - 1];
    return (before + millis[(int) (index % millis.length)]) * NANOS_PER_MILLI;
  }

  /** The index of the first opportunity that is not before a moment, in nanoseconds from 0 on. */
  long firstFrom(long nanos) {
    long wanted = Math.ceilDiv(nanos, NANOS_PER_MILLI);
    long period = millis[millis.length - 1];
    long times = wanted == 0 ? 0 : (wanted - 1) / period;
    int within = (int) (wanted - times * period);
    int found = Arrays.binarySearch(millis, within);
    int place = found < 0 ? -found - 1 : found;
    while (place > 0 && millis[place - 1] == within) {
      place--;
    }
    return times * millis.length + place;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (other == this) {
      return true; // The common case: asked for each packet.
    }
    return other instanceof DeliveryTrace trace
        && name.equals(trace.name)
        && Arrays.equals(millis, trace.millis);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(millis);
  }

  @Override
  public String toString() {
    return name;
  }
}
