package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition that may differ between the points of one scenario. */
enum Axis {
  PLACEMENT("cores"),
  SIZE("bytes"),
  WINDOW("window"),
  RATE("rate/s"),
  CONNECTIONS("connections"),
  IO("io"),
  WAIT("wait"),
  THREADS("threads");

  /** More sizes than these are counted, not listed. */
  private static final int MOST_LISTED = 8;

  private final String label;

  Axis(String label) {
    this.label = label;
  }

  /** The name of a column. */
  String label() {
    return label;
  }

  /** A point's place on this axis, as a table shows it. */
  String of(Point point) {
    return switch (this) {
      case PLACEMENT -> cores(point.placement());
      case SIZE -> Numbers.count((long) point.sizeBytes());
      case WINDOW -> Numbers.count(point.window() == null ? null : (long) point.window());
      case RATE -> Numbers.rate(point.ratePerSecond());
      case CONNECTIONS -> Numbers.count((long) point.connections());
      case IO -> point.io();
      case WAIT -> point.waiting();
      case THREADS -> point.threads();
    };
  }

  /** The condition in words, as in {@code 128 bytes}; empty where it does not apply. */
  String phrase(Point point) {
    String value = of(point);
    return switch (this) {
      case PLACEMENT -> Cell.placementInWords(point.placement());
      case SIZE -> bytes(point.sizeBytes());
      case WINDOW -> point.window() == null ? "" : "window " + value;
      case RATE -> point.ratePerSecond() == null ? "" : value + " messages/s asked for";
      case CONNECTIONS -> value.equals("1") ? "1 connection" : value + " connections";
      case IO -> value + " I/O";
      case WAIT -> "wait " + value;
      case THREADS -> value + " threads";
    };
  }

  private static String cores(@Nullable String placement) {
    return switch (placement) {
      case Cell.ONE_CORE -> "1";
      case Cell.TWO_CORES -> "2";
      case null, default -> "-";
    };
  }

  /** A size in words: {@code 1 byte}, {@code 128 bytes}. */
  static String bytes(int size) {
    return size == 1 ? "1 byte" : Numbers.count((long) size) + " bytes";
  }

  /** The axes on which these points differ. */
  static List<Axis> varying(List<Point> points) {
    return Arrays.stream(values())
        .filter(axis -> points.stream().map(axis::of).distinct().count() > 1)
        .toList();
  }

  /** Sizes that take turns, in words: {@code 16, 64, 128 bytes in turn}. */
  static String bytesInTurn(List<Integer> sizes) {
    if (sizes.size() > MOST_LISTED) {
      return "%s sizes in turn, %s to %s bytes"
          .formatted(
              Numbers.count((long) sizes.size()),
              Numbers.count((long) Collections.min(sizes)),
              Numbers.count((long) Collections.max(sizes)));
    }
    return sizes.stream()
        .map(size -> Numbers.count((long) size))
        .collect(Collectors.joining(", ", "", " bytes in turn"));
  }

  /** The conditions that all these points share, in words, but for those that are told apart. */
  static String shared(List<Point> points, Axis... apart) {
    List<Axis> told = new ArrayList<>(varying(points));
    told.addAll(List.of(apart));
    return Arrays.stream(values())
        .filter(axis -> !told.contains(axis))
        .map(axis -> axis.phrase(points.getFirst()))
        .filter(phrase -> !phrase.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** Orders points along the axes; at the same place TCP comes before UDP. */
  static Comparator<Point> order() {
    Comparator<Point> order = (_, _) -> 0;
    for (Axis axis : values()) {
      order = order.thenComparing(axis.along());
    }
    return order.thenComparing(Point::variant);
  }

  private Comparator<Point> along() {
    return switch (this) {
      case SIZE -> Comparator.comparingInt(Point::sizeBytes);
      case WINDOW ->
          Comparator.comparing(Point::window, Comparator.nullsFirst(Comparator.naturalOrder()));
      case RATE ->
          Comparator.comparing(
              Point::ratePerSecond, Comparator.nullsFirst(Comparator.naturalOrder()));
      case CONNECTIONS -> Comparator.comparingInt(Point::connections);
      case PLACEMENT, IO, WAIT, THREADS -> Comparator.comparing(this::of);
    };
  }
}
