package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.common.Durations;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Messages that somebody sends, over which link, and what is needed of them. Each message is
 * answered by its echo, and is in time if that is back within the deadline, counted from the moment
 * at which the message was meant to be sent.
 *
 * @param name of the use, as in {@code sensor}, or {@code own} of numbers alone
 * @param sizeBytes bytes of a message
 * @param ratePerSecond messages a second, over all connections together
 * @param connections sockets of the client
 * @param deadline there and back
 * @param mustArrive the part of the messages that has to be in time, above 0 and below 1
 * @param link between the client and the server
 */
public record Workload(
    String name,
    int sizeBytes,
    double ratePerSecond,
    int connections,
    Duration deadline,
    double mustArrive,
    LinkSpec link)
    implements Need {

  /** What a message takes at least: its number. */
  public static final int SMALLEST_MESSAGE = 8;

  /** More than any preset asks for, and less than a run of half a minute can hold. */
  public static final int LARGEST_MESSAGE = 1 << 20;

  static final double HIGHEST_RATE = 5_000;
  static final int MOST_CONNECTIONS = 500;
  static final Duration LONGEST_DEADLINE = Duration.ofSeconds(30);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public Workload {
    if (sizeBytes < SMALLEST_MESSAGE || sizeBytes > LARGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "--size must be %d to %,d bytes, not %,d: a message carries its number"
              .formatted(SMALLEST_MESSAGE, LARGEST_MESSAGE, sizeBytes));
    }
    if (!(ratePerSecond > 0) || ratePerSecond > HIGHEST_RATE) {
      throw new IllegalArgumentException(
          "--rate must be above 0 and at most %,.0f messages a second, not %s"
              .formatted(HIGHEST_RATE, BigDecimal.valueOf(ratePerSecond).toPlainString()));
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "--connections must be 1 to %d, not %d".formatted(MOST_CONNECTIONS, connections));
    }
    if (!deadline.isPositive() || deadline.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "--deadline must be above zero and at most %s, not %s"
              .formatted(Durations.inWords(LONGEST_DEADLINE), Durations.inWords(deadline)));
    }
    Need.checkMustArrive(mustArrive);
  }
}
