package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.common.Durations;
import java.time.Duration;
import java.util.List;

/**
 * Files that somebody transfers over a link. Each has a connection or a socket of its own, and is
 * in time if its last byte is there within the deadline, counted from the connect.
 *
 * @param sizeBytes bytes of a file
 * @param directions which ways, in turn
 * @param deadline for its last byte
 * @param mustArrive the part of the files that has to be whole in time
 */
public record FileNeed(
    String name,
    int sizeBytes,
    List<Direction> directions,
    Duration deadline,
    double mustArrive,
    LinkSpec link)
    implements Need {

  /** More takes longer than anybody waits for an answer. */
  static final int LARGEST_FILE = 64 << 20;

  static final Duration LONGEST_DEADLINE = Duration.ofMinutes(2);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public FileNeed {
    directions = List.copyOf(directions);
    if (sizeBytes < 1 || sizeBytes > LARGEST_FILE) {
      throw new IllegalArgumentException(
          "--size must be 1 to %,d bytes of a file, not %,d".formatted(LARGEST_FILE, sizeBytes));
    }
    if (!deadline.isPositive() || deadline.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "--deadline must be above zero and at most %s for a file, not %s"
              .formatted(Durations.inWords(LONGEST_DEADLINE), Durations.inWords(deadline)));
    }
    Need.checkMustArrive(mustArrive);
  }
}
