package dev.sockbed.bench.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How much is measured, and so how long it takes.
 *
 * @param label the name in files
 * @param warmupMillis how long each of the warm-up's runs lasts
 * @param scenarios what is measured
 * @param setup connection set-up; nothing varies
 * @param floor round trips on bare channels; nothing varies
 * @param rtt round trips; the bytes of a message vary
 * @param throughput the window varies
 * @param offeredLoad the rate varies, in percent of what the slower transport can do
 * @param receiveLimit the bytes of a message vary
 * @param connections their number varies; the more there are, the longer it takes to open them, so
 *     a thousand are measured in fewer trials where time is short
 */
record Profile(
    String label,
    int warmupMillis,
    Set<ComparisonScenario> scenarios,
    Amount setup,
    Amount floor,
    Amount rtt,
    Amount throughput,
    Amount offeredLoad,
    Amount receiveLimit,
    List<Amount> connections) {
  /** Within half a minute: whether something is there to see. */
  static final Profile QUICK =
      new Profile(
          "quick",
          400,
          EnumSet.allOf(ComparisonScenario.class),
          new Amount(80, 6),
          new Amount(80, 6),
          new Amount(150, 6, 128),
          new Amount(90, 6, 1, 16, 256),
          new Amount(110, 6, 20, 60),
          new Amount(20, 6, 128, 129, 256),
          List.of(new Amount(100, 6, 100)));

  /** Within a minute and a half: every question, with intervals. */
  static final Profile DEFAULT =
      new Profile(
          "default",
          700,
          EnumSet.allOf(ComparisonScenario.class),
          new Amount(130, 8),
          new Amount(80, 8),
          new Amount(120, 8, 1, 16, 64, 128),
          new Amount(60, 6, 1, 4, 16, 64, 256, 1024),
          new Amount(90, 6, 10, 30, 50, 70, 90, 110),
          new Amount(20, 6, 127, 128, 129, 134, 256),
          List.of(new Amount(90, 6, 1, 10, 100), new Amount(100, 2, 1000)));

  /** Some minutes: narrow intervals and long tails. */
  static final Profile FULL =
      new Profile(
          "full",
          2000,
          EnumSet.allOf(ComparisonScenario.class),
          new Amount(1000, 10),
          new Amount(250, 20),
          new Amount(1000, 20, 1, 16, 64, 128),
          new Amount(500, 10, 1, 4, 16, 64, 256, 1024),
          new Amount(500, 10, 10, 20, 30, 40, 50, 60, 70, 80, 90, 110),
          new Amount(80, 6, 127, 128, 129, 134, 256),
          List.of(new Amount(600, 8, 1, 10, 100, 1000)));

  /** Bytes a message where the size is not what varies: one receive's worth, and a header's. */
  static final int LARGE = 128;

  static final int SMALL = 16;

  /**
   * How often one question is put, and for which values of what varies.
   *
   * @param millis how long each trial lasts
   * @param trials in how many
   * @param values sizes, windows, percents of saturation, or connections; none where nothing varies
   */
  record Amount(int millis, int trials, List<Integer> values) {
    Amount(int millis, int trials, Integer... values) {
      this(millis, trials, List.of(values));
    }

    Amount times(int trials) {
      return new Amount(millis, trials, values);
    }

    Duration duration() {
      return Duration.ofMillis(millis);
    }
  }

  /** What a message of that size costs on loopback, beside a link on which a need is looked at. */
  static Profile forNeed(int sizeBytes) {
    return new Profile(
        "need",
        300,
        EnumSet.of(ComparisonScenario.RTT, ComparisonScenario.LINK),
        QUICK.setup,
        QUICK.floor,
        new Amount(150, 6, sizeBytes),
        QUICK.throughput,
        QUICK.offeredLoad,
        QUICK.receiveLimit,
        QUICK.connections);
  }

  /** Files are transferred without echo servers. */
  static Profile forFiles() {
    return new Profile(
        "need",
        0,
        EnumSet.of(ComparisonScenario.LINK),
        QUICK.setup,
        QUICK.floor,
        QUICK.rtt,
        QUICK.throughput,
        QUICK.offeredLoad,
        QUICK.receiveLimit,
        QUICK.connections);
  }

  /** The same, but for the scenarios left out. */
  Profile only(Set<ComparisonScenario> scenarios) {
    return new Profile(
        label,
        warmupMillis,
        EnumSet.copyOf(scenarios),
        setup,
        floor,
        rtt,
        throughput,
        offeredLoad,
        receiveLimit,
        connections);
  }

  /** The same, but each point so often. */
  Profile withTrials(int trials) {
    return new Profile(
        label,
        warmupMillis,
        scenarios,
        setup.times(trials),
        floor.times(trials),
        rtt.times(trials),
        throughput.times(trials),
        offeredLoad.times(trials),
        receiveLimit.times(trials),
        connections.stream().map(amount -> amount.times(trials)).toList());
  }

  /** How long each of the warm-up's runs lasts. */
  Duration warmup() {
    return Duration.ofMillis(warmupMillis);
  }

  /**
   * The rates of the offered load.
   *
   * @param saturationPerSecond the most messages a second that the slower transport managed with
   *     one connection; the rates are shares of it
   */
  List<Double> rates(double saturationPerSecond) {
    return offeredLoad.values().stream()
        .map(percent -> rounded(saturationPerSecond * percent / 100))
        .toList();
  }

  /**
   * What is measured.
   *
   * @param rates of the offered load, in messages a second
   * @param placements where the ends run: all is measured in the first; in the others only what
   *     they change most, a single message's way to and fro, in which each end wakes the other
   */
  List<PlannedPoint> points(List<Double> rates, List<CpuPlacement> placements) {
    CpuPlacement main = placements.getFirst();
    List<PlannedPoint> points = new ArrayList<>();
    points.add(closed(ComparisonScenario.SETUP, main, setup, SMALL, 1, 1));
    for (CpuPlacement placement : placements) {
      points.add(closed(ComparisonScenario.FLOOR, placement, floor, LARGE, 1, 1));
      for (int size : rtt.values()) {
        points.add(closed(ComparisonScenario.RTT, placement, rtt, size, 1, 1));
      }
    }
    for (int window : throughput.values()) {
      points.add(closed(ComparisonScenario.THROUGHPUT, main, throughput, LARGE, 1, window));
    }
    for (double rate : rates) {
      points.add(scheduled(main, rate));
    }
    for (int size : receiveLimit.values()) {
      points.add(closed(ComparisonScenario.RECEIVE_LIMIT, main, receiveLimit, size, 1, 2));
    }
    for (Amount amount : connections) {
      for (int count : amount.values()) {
        points.add(closed(ComparisonScenario.CONNECTIONS, main, amount, LARGE, count, 1));
      }
    }
    points.removeIf(point -> !scenarios.contains(point.scenario()));
    return points;
  }

  private PlannedPoint scheduled(CpuPlacement placement, double rate) {
    return new PlannedPoint(
        ComparisonScenario.OFFERED_LOAD,
        placement,
        LARGE,
        1,
        null,
        rate,
        offeredLoad.duration(),
        offeredLoad.trials());
  }

  private static PlannedPoint closed(
      ComparisonScenario scenario,
      CpuPlacement placement,
      Amount amount,
      int size,
      int connections,
      int window) {
    return new PlannedPoint(
        scenario, placement, size, connections, window, null, amount.duration(), amount.trials());
  }

  /** Two digits: a rate that can be read, and that a second run is likely to choose again. */
  private static double rounded(double rate) {
    return BigDecimal.valueOf(rate).round(new MathContext(2)).doubleValue();
  }
}
