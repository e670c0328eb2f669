package dev.sockbed.bench.link.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a link is like from when on.
 *
 * @param changes in the order of their times, the first at zero
 * @param steering what may change it while it runs, or null for nothing
 */
public record Timeline(List<Change> changes, @Nullable Steering steering) {

  /**
   * The link as it is from a moment on.
   *
   * @param at since the link began
   */
  public record Change(Duration at, LinkSpec spec) {}

  /**
   * @throws IllegalArgumentException if the first change is not at zero, or one is not later than
   *     the one before
   */
  public Timeline {
    changes = List.copyOf(changes);
    if (changes.isEmpty() || !changes.getFirst().at().isZero()) {
      throw new IllegalArgumentException("a timeline begins at 0 s");
    }
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i).at().compareTo(changes.get(i - 1).at()) <= 0) {
        throw new IllegalArgumentException("a timeline's times must rise");
      }
    }
  }

  /** A link that nobody changes while it runs. */
  public Timeline(List<Change> changes) {
    this(changes, null);
  }

  /** The same link, which can be changed while it runs. */
  public Timeline steeredBy(Steering steering) {
    return new Timeline(changes, steering);
  }

  /** What was planned for a moment since the link began. */
  public LinkSpec plannedAt(Duration since) {
    return changes.stream()
        .takeWhile(change -> change.at().compareTo(since) <= 0)
        .reduce(changes.getFirst(), (_, later) -> later)
        .spec();
  }

  /** A link that never changes. */
  public static Timeline constant(LinkSpec spec) {
    return new Timeline(List.of(new Change(Duration.ZERO, spec)));
  }
}
