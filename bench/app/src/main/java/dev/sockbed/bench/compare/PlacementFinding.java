package dev.sockbed.bench.compare;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Question;
import dev.sockbed.bench.stats.Verdicts;
import dev.sockbed.common.Transport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** How much it matters where the ends run, and whether that is more than the transport does. */
final class PlacementFinding {
  /** What a verdict on placement is called, in the words of cells. */
  private static final String CLAIM = "two-cores tcp rtt p50 / one-core tcp rtt p50";

  private PlacementFinding() {}

  /** The placements in cells, {@link Cell#TWO_CORES} first. */
  static List<@Nullable String> placements(List<Cell> cells) {
    return cells.stream()
        .<@Nullable String>map(Cell::placement)
        .distinct()
        .sorted(Comparator.nullsLast(Comparator.<String>reverseOrder()))
        .toList();
  }

  /**
   * What is asked about the median round trip over TCP: one placement against the other.
   *
   * @param roundTrips cells of that scenario
   * @param size of which messages
   * @return empty if there is one placement only
   */
  static Optional<Question> question(List<Cell> roundTrips, int size) {
    List<Cell> apart = select(roundTrips, size, Cell.TWO_CORES);
    List<Cell> together = select(roundTrips, size, Cell.ONE_CORE);
    return apart.isEmpty() || together.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Question(
                CLAIM,
                "TCP's median round trip of %s bytes with each end on its own core".formatted(size),
                "that on one core",
                "on two cores",
                "on one core",
                Measure.P50,
                apart,
                together));
  }

  /** Adds to the answer what the others say about which of the two matters more. */
  static List<Verdict> weighed(List<Verdict> verdicts) {
    List<Verdict> medians =
        verdicts.stream().filter(verdict -> verdict.claim().startsWith("udp rtt p50")).toList();
    return verdicts.stream()
        .map(verdict -> verdict.claim().equals(CLAIM) ? weighed(verdict, medians) : verdict)
        .toList();
  }

  private static List<Cell> select(List<Cell> cells, int size, String placement) {
    return cells.stream()
        .filter(cell -> cell.variant().equals(Transport.TCP.scheme()))
        .filter(cell -> cell.sizeBytes() == size && placement.equals(cell.placement()))
        .toList();
  }

  /** Adds what the intervals say about which of the two matters more; nothing if they overlap. */
  private static Verdict weighed(Verdict verdict, List<Verdict> onTransports) {
    double[] ends = steps(verdict).toArray();
    double[] others = onTransports.stream().flatMapToDouble(PlacementFinding::steps).toArray();
    boolean told = onTransports.stream().allMatch(other -> other.low() != null);
    if (ends.length == 0 || others.length == 0 || !told) {
      return verdict;
    }
    boolean claimed = Verdicts.claims(verdict.low(), verdict.high());
    double least = claimed ? Math.min(Math.abs(ends[0]), Math.abs(ends[1])) : 0;
    double most = DoubleStream.of(others).map(Math::abs).max().orElseThrow();
    if (least <= most) {
      return verdict;
    }
    String text = verdict.text();
    int bracket = text.indexOf(" (");
    return new Verdict(
        verdict.claim(),
        verdict.ratio(),
        verdict.low(),
        verdict.high(),
        verdict.confidence(),
        verdict.n(),
        verdict.trials(),
        text.substring(0, bracket)
            + ": placement changes it more than the transport does"
            + text.substring(bracket));
  }

  /** The ends of an interval as steps up or down from no difference; none without an interval. */
  private static DoubleStream steps(Verdict verdict) {
    Double low = verdict.low();
    Double high = verdict.high();
    return low == null || high == null
        ? DoubleStream.empty()
        : DoubleStream.of(Math.log(low), Math.log(high));
  }
}
