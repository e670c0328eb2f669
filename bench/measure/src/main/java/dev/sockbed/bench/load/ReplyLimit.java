package dev.sockbed.bench.load;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Whether a server limits its replies to each source, as {@code serve --source-rate} does: read
 * from which of many datagrams, sent faster than that, were answered.
 *
 * <p>A token bucket that holds a second's replies answers everything until it is empty, and from
 * then on its rate. So what came until the first losses follows from the rate at the end. A network
 * or a server that can do no more loses from the start, or after a queue that has nothing to do
 * with its rate.
 */
public final class ReplyLimit {
  private static final double NANOS_PER_SECOND = 1e9;

  /** One lost datagram is the network's; a limit takes so many of those that follow. */
  private static final int FOLLOWING = 200;

  private static final int LEAST_LOST = 20;

  /** How far the number may be from what the rate foretells, as a part of it. */
  private static final double TOLERANCE = 0.15;

  /** The rate at the end needs time to be seen, as a part of the whole. */
  private static final double LEAST_TAIL = 0.25;

  private ReplyLimit() {}

  /** That there is a limit, and what helps, in a sentence. */
  public static String inWords(String server, double perSecond) {
    return String.format(
        Locale.ROOT,
        "%s sends each source address at most about %,.0f replies a second: what is lost beyond"
            + " that is its limit's doing; start it with serve --source-rate 10000000/s",
        server,
        perSecond);
  }

  /**
   * Finds the limit.
   *
   * @param sentNanos when each datagram was sent, in their order
   * @param answered which of them came back
   * @return replies a second, or empty if no limit shows
   */
  static OptionalDouble of(long[] sentNanos, boolean[] answered) {
    int first = firstRefused(answered);
    int last = sentNanos.length - 1;
    if (first < 0 || first == 0) {
      return OptionalDouble.empty();
    }
    double wholeSeconds = seconds(sentNanos, 0, last);
    double tailSeconds = seconds(sentNanos, first, last);
    if (tailSeconds < LEAST_TAIL * wholeSeconds) {
      return OptionalDouble.empty();
    }
    double rate = count(answered, first, last) / tailSeconds;
    double foretold = rate * (1 + seconds(sentNanos, 0, first));
    boolean fits = Math.abs(count(answered, 0, first) - foretold) <= TOLERANCE * foretold;
    return fits ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  private static int firstRefused(boolean[] answered) {
    return IntStream.range(0, answered.length - FOLLOWING)
        .filter(i -> !answered[i] && FOLLOWING - count(answered, i, i + FOLLOWING) >= LEAST_LOST)
        .findFirst()
        .orElse(-1);
  }

  /** Of those from the first, but without the end. */
  private static long count(boolean[] answered, int first, int end) {
    return IntStream.range(first, end).filter(i -> answered[i]).count();
  }

  private static double seconds(long[] sentNanos, int first, int last) {
    return (sentNanos[last] - sentNanos[first]) / NANOS_PER_SECOND;
  }
}
