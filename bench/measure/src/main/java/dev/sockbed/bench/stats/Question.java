package dev.sockbed.bench.stats;

import dev.sockbed.bench.result.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be set against what.
 *
 * @param claim as in {@code udp rtt p50 / tcp rtt p50}
 * @param subject what the sentence is about, as in {@code UDP's median round trip}
 * @param reference what it is set against, as in {@code TCP's}
 * @param numeratorPlace where the numerator's trials were made, as in {@code over UDP}
 * @param denominatorPlace where the denominator's were
 * @param measure which number of each trial
 * @param numerator the subject's cells, one a trial
 * @param denominator the reference's cells, one a trial
 */
public record Question(
    String claim,
    String subject,
    String reference,
    String numeratorPlace,
    String denominatorPlace,
    Measure measure,
    List<Cell> numerator,
    List<Cell> denominator) {

  private static final int MOST_DIGITS = 4;

  /** Copies the lists. */
  public Question {
    numerator = List.copyOf(numerator);
    denominator = List.copyOf(denominator);
  }

  /** Trials of two sides that ran one after the other. */
  private record Turn(@Nullable Integer fork, int trial) {
    static Turn of(Cell cell) {
      return new Turn(cell.fork(), cell.trial());
    }
  }

  /**
   * The logarithms of the ratios of those pairs of trials in which both sides have a number above
   * zero, for each fork; of a fork without such a pair an empty array.
   */
  List<double[]> logRatios() {
    Map<Turn, Cell> others = byTurn(denominator);
    Map<Optional<Integer>, List<Double>> forks = new LinkedHashMap<>();
    byTurn(numerator)
        .forEach((turn, cell) -> {
          List<Double> ratios =
              forks.computeIfAbsent(Optional.ofNullable(turn.fork()), _ -> new ArrayList<>());
          Cell other = others.get(turn);
          if (other != null
              && Missing.of(cell, measure) == null
              && Missing.of(other, measure) == null) {
            ratios.add(Math.log(number(cell)) - Math.log(number(other)));
          }
        });
    return forks.values().stream()
        .map(fork -> fork.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  /** How many trials there were on the side that has more. */
  int trials() {
    return Math.max(numerator.size(), denominator.size());
  }

  /**
   * What the ratio does not show: trials without such a number, trials that only one side has,
   * messages that did not come back.
   */
  List<String> beside() {
    List<String> beside = new ArrayList<>();
    beside.addAll(Missing.told(numerator, measure, numeratorPlace));
    beside.addAll(Missing.told(denominator, measure, denominatorPlace));
    beside.addAll(lonely(numerator, numeratorPlace, denominator, denominatorPlace));
    beside.addAll(lonely(denominator, denominatorPlace, numerator, numeratorPlace));
    beside.addAll(notAll(numerator, numeratorPlace));
    beside.addAll(notAll(denominator, denominatorPlace));
    return beside;
  }

  private static List<String> lonely(
      List<Cell> cells, String place, List<Cell> others, String otherPlace) {
    Map<Turn, Cell> there = byTurn(others);
    long lonely = cells.stream().filter(cell -> !there.containsKey(Turn.of(cell))).count();
    return lonely == 0 || others.isEmpty()
        ? List.of()
        : List.of(
            "%s of %s trials %s have no counterpart %s"
                .formatted(lonely, cells.size(), place, otherPlace));
  }

  private static List<String> notAll(List<Cell> cells, String place) {
    long ok = cells.stream().mapToLong(cell -> Measure.inTime(cell).counted()).sum();
    long all = cells.stream().mapToLong(cell -> Measure.inTime(cell).messages()).sum();
    return ok == all
        ? List.of()
        : List.of(
            "%s of the messages %s came back whole and in time"
                .formatted(percent((double) ok / all), place));
  }

  /** With as many digits as it takes not to look like all or nothing. */
  private static String percent(double share) {
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      String shown = String.format(Locale.ROOT, "%." + digits + "f", share * 100);
      double back = Double.parseDouble(shown);
      if ((back < 100 && back > 0) || share == 0) {
        return shown + " %";
      }
    }
    return share > 0.5 ? "over 99.999 %" : "under 0.001 %";
  }

  private double number(Cell cell) {
    Double value = measure.of(cell);
    if (value == null) {
      throw new IllegalArgumentException("a trial without a number has no ratio");
    }
    return value;
  }

  private static Map<Turn, Cell> byTurn(List<Cell> cells) {
    Map<Turn, Cell> turns = new LinkedHashMap<>();
    cells.forEach(cell -> turns.put(Turn.of(cell), cell));
    return turns;
  }
}
