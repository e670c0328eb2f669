package dev.sockbed.bench.cfloor;

import dev.sockbed.common.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is exchanged, by C and by us.
 *
 * @param way how both ends wait, and how much a call carries
 * @param size bytes a message
 * @param window messages in flight; with one, the median round trip is what counts, else the rate
 * @param place where the ends run
 * @param bound what our figure divided by C's should reach: a rate at least, a round trip at most
 */
record FloorCase(Transport transport, Way way, int size, int window, Place place, double bound) {

  /** How both ends wait, and how much a call carries. */
  enum Way {
    /** A message a call, which waits. */
    BLOCK("block", "plain"),
    /** A message a call, which is made again and again. */
    SPIN("spin", "plain"),
    /** As much as there is in a call, which waits. */
    BATCH("block", "batched");

    private final String waiting;
    private final String io;

    Way(String waiting, String io) {
      this.waiting = waiting;
      this.io = io;
    }

    /** For {@code --wait}. */
    String waiting() {
      return waiting;
    }

    /** For {@code --io}. */
    String io() {
      return io;
    }
  }

  /** Where the ends run. */
  enum Place {
    /** Both on one processor. */
    ONE_CPU("one"),
    /** Each on one of its own. */
    TWO_CPUS("two"),
    /** Where the system puts them. */
    ANY_CPU("any");

    private final String label;

    Place(String label) {
      this.label = label;
    }

    /** For the table. */
    String label() {
      return label;
    }
  }

  private static final int MESSAGE = 128;
  private static final int BULK = 65_536;

  /** All that is measured. */
  static final List<FloorCase> ALL =
      List.of(
          new FloorCase(Transport.TCP, Way.BLOCK, MESSAGE, 1, Place.ONE_CPU, 1.03),
          new FloorCase(Transport.UDP, Way.BLOCK, MESSAGE, 1, Place.ONE_CPU, 1.03),
          new FloorCase(Transport.TCP, Way.SPIN, MESSAGE, 1, Place.TWO_CPUS, 1.03),
          new FloorCase(Transport.UDP, Way.SPIN, MESSAGE, 1, Place.TWO_CPUS, 1.03),
          new FloorCase(Transport.TCP, Way.BATCH, MESSAGE, 256, Place.TWO_CPUS, 0.95),
          new FloorCase(Transport.TCP, Way.BATCH, MESSAGE, 1024, Place.TWO_CPUS, 0.80),
          new FloorCase(Transport.TCP, Way.BATCH, MESSAGE, 1024, Place.ONE_CPU, 0.60),
          new FloorCase(Transport.UDP, Way.BLOCK, MESSAGE, 256, Place.ONE_CPU, 0.97),
          new FloorCase(Transport.UDP, Way.BATCH, MESSAGE, 256, Place.TWO_CPUS, 0.80),
          new FloorCase(Transport.UDP, Way.BATCH, MESSAGE, 256, Place.ONE_CPU, 0.85),
          new FloorCase(Transport.UDP, Way.BATCH, MESSAGE, 256, Place.ANY_CPU, 0.75),
          new FloorCase(Transport.TCP, Way.BATCH, BULK, 4, Place.ANY_CPU, 0.95));

  /** The first of each transport and way. */
  static List<FloorCase> ofEachKind() {
    Map<String, FloorCase> first = new LinkedHashMap<>();
    ALL.forEach(one -> first.putIfAbsent(one.transport() + " " + one.way(), one));
    return List.copyOf(first.values());
  }

  /** Whether the median round trip is what counts. */
  boolean isRoundTrip() {
    return window == 1;
  }

  /** The number that counts, in nanoseconds or messages a second. */
  double figure(FloorTrial trial) {
    return isRoundTrip() ? trial.p50Nanos() : trial.messagesPerSecond();
  }

  @Override
  public String toString() {
    return "%s %s, %d bytes, window %d, %s processor%s"
        .formatted(
            transport.scheme(),
            way.name().toLowerCase(Locale.ROOT),
            size,
            window,
            place.label(),
            place == Place.TWO_CPUS ? "s" : "");
  }
}
