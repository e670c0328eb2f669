package dev.sockbed.bench.link.model;

import java.time.Duration;
import java.util.List;

/**
 * What a link is like from when on.
 *
 * @param changes in the order of their times, the first at zero
 */
public record Timeline(List<Change> changes) {

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

  /** A link that never changes. */
  public static Timeline constant(LinkSpec spec) {
    return new Timeline(List.of(new Change(Duration.ZERO, spec)));
  }
}
