package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Point;
import java.util.List;
import java.util.stream.Collectors;

/** Names for points in one line: the transport, the scenario, and what tells it from the others. */
public final class PointNames {
  private final List<Point> points;

  /** Names for these points, which need not all be of one scenario. */
  public PointNames(List<Point> points) {
    this.points = List.copyOf(points);
  }

  /** The name of one of them, as in {@code udp rtt, 128 bytes}. */
  public String of(Point point) {
    List<Point> ofScenario =
        points.stream().filter(other -> other.scenario().equals(point.scenario())).toList();
    String place =
        Axis.varying(ofScenario).stream()
            .map(axis -> axis.phrase(point))
            .filter(phrase -> !phrase.isEmpty())
            .collect(Collectors.joining(", "));
    String name = point.variant() + " " + point.scenario();
    return place.isEmpty() ? name : name + ", " + place;
  }
}
