package dev.sockbed.bench.link.finding;

import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.ShareComparison;
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

  /** What is set against TCP. */
  private static final List<String> OTHERS = List.of(MeasuredLink.UDP, MeasuredLink.UDP_RETRY);

  private static final int FEWEST = 3;

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

  /** How many intervals are made of it: UDP and UDP with resends against TCP, at each link. */
  public int intervals() {
    return OTHERS.size()
        * (int)
            delays.stream()
                .flatMap(delay -> delay.byLoss().stream())
                .filter(link -> link.trials() >= Comparison.FEWEST)
                .count();
  }

  /**
   * The confidence that each of a sweep's intervals needs so that all hold together with all that
   * is said besides.
   *
   * @param verdicts the run's, those of the sweep included
   */
  public double confidence(List<Verdict> verdicts) {
    long besides =
        verdicts.stream()
            .filter(verdict -> verdict.low() != null && !verdict.claim().endsWith(CLAIM))
            .count();
    return Comparison.confidenceOfEach((int) besides + intervals());
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

    /** The place of the deadline for which manners are compared: that of each of its links. */
    public int deadline() {
      return byLoss.getFirst().deadline();
    }

    /** The link with that loss. */
    public Optional<MeasuredLink> at(double loss) {
      return byLoss.stream().filter(link -> link.loss() == loss).findFirst();
    }

    /**
     * The least loss from which on a manner is ahead of TCP at every loss that was measured, each
     * time by more than its interval.
     *
     * @param confidence of each of these intervals
     */
    public Optional<MeasuredLink> firstAhead(String manner, double confidence) {
      Optional<MeasuredLink> first = Optional.empty();
      for (MeasuredLink link : byLoss.reversed()) {
        ShareComparison shares = link.shares(manner, deadline(), confidence);
        if (!shares.differs() || shares.difference() < 0) {
          return first;
        }
        first = Optional.of(link);
      }
      return first;
    }
  }
}
