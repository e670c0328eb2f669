package dev.sockbed.bench.link.finding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Links with several losses at the same delay, for several delays.
 *
 * @param delays the columns of a table, the shortest delay first; none without a sweep
 */
public record LinkSweep(List<SameDelay> delays) {
  /** How the claims of verdicts about a sweep end. */
  public static final String CLAIM = " and every greater loss";

  private static final int FEWEST = 3;
  private static final double HALF = 0.5;

  /** Finds the delays at which at least three losses were measured. */
  public static LinkSweep of(List<MeasuredLink> links) {
    Map<Duration, List<MeasuredLink>> byDelay = new TreeMap<>();
    for (MeasuredLink link : links) {
      byDelay.computeIfAbsent(link.delay(), _ -> new ArrayList<>()).add(link);
    }
    return new LinkSweep(
        byDelay.values().stream()
            .filter(sameDelay -> sameDelay.size() >= FEWEST)
            .map(SameDelay::of)
            .toList());
  }

  /** All losses, the smallest first: the rows of a table. */
  public List<Double> losses() {
    return delays.stream()
        .flatMap(delay -> delay.byLoss().stream())
        .map(MeasuredLink::loss)
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether it has that link. */
  public boolean holds(MeasuredLink link) {
    return delays.stream().anyMatch(delay -> delay.byLoss().contains(link));
  }

  /**
   * Links that differ in loss alone.
   *
   * @param byLoss the smallest loss first, at least one
   */
  public record SameDelay(List<MeasuredLink> byLoss) {
    private static SameDelay of(List<MeasuredLink> links) {
      return new SameDelay(
          links.stream().sorted(Comparator.comparingDouble(MeasuredLink::loss)).toList());
    }

    /** The delay, each way. */
    public Duration delay() {
      return byLoss.getFirst().delay();
    }

    /**
     * The place of the shortest deadline that the round trip leaves room for: within which half of
     * the messages came, over TCP or UDP, where the loss was smallest.
     */
    public int shortestDeadline() {
      MeasuredLink best = byLoss.getFirst();
      int last = best.deadlines().size() - 1;
      for (int i = 0; i < last; i++) {
        double most = Math.max(best.share(MeasuredLink.TCP, i), best.share(MeasuredLink.UDP, i));
        if (most >= HALF) {
          return i;
        }
      }
      return last;
    }

    /** The link with that loss. */
    public Optional<MeasuredLink> at(double loss) {
      return byLoss.stream().filter(link -> link.loss() == loss).findFirst();
    }

    /** The least loss from which on a manner is ahead of TCP at every loss that was measured. */
    public Optional<MeasuredLink> firstAhead(String manner, int deadline) {
      Optional<MeasuredLink> first = Optional.empty();
      for (MeasuredLink link : byLoss.reversed()) {
        if (link.advantage(manner, deadline) < MeasuredLink.LEAST_SHARE) {
          return first;
        }
        first = Optional.of(link);
      }
      return first;
    }
  }
}
