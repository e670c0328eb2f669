package dev.sockbed.bench.link.model;

import dev.sockbed.common.ByteSizes;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be said of one direction of a link, word by word; a flag of the command line each. */
public enum Property {
  /** {@code 5%}, which comes in bursts where it did before, or Gilbert and Elliott's model. */
  LOSS("5%", "Packets lost, or ge:P:R:B:G for a Gilbert-Elliott model."),
  /** {@code 4}, or {@code no}: after the loss, whose share it keeps. */
  BURST("PACKETS|no", "Lose them so many in a row on average; no: one by one."),
  /** {@code 10ms}. */
  DELAY("TIME", "How long packets are in flight."),
  /** {@code 2ms}. */
  JITTER("TIME", "How far delays are from that (standard deviation)."),
  /** {@code normal}, {@code uniform} or {@code pareto}. */
  SHAPE("normal|uniform|pareto", "How delays are distributed (default: normal)."),
  /** {@code yes} or {@code no}. */
  IN_ORDER("yes|no", "Whether jitter keeps the packets' order (default: no)."),
  /** {@code 1%}, or {@code 1%:10ms}. */
  REORDER("1%[:TIME]", "Packets held back (10ms) so that others overtake them."),
  /** {@code 1%}. */
  DUPLICATE("1%", "Packets that arrive twice."),
  /** {@code 0.1%}. */
  CORRUPT("0.1%", "Packets in which a bit is flipped."),
  /** {@code 1Mbit/s}. */
  RATE("1Mbit/s", "The link's rate, IP headers counted (default: unlimited)."),
  /** {@code 64} packets or {@code 64KiB}. */
  QUEUE("64|64KiB", "Packets or bytes that may wait before it (default: 64).");

  private static final int BURST_PARTS = 4;

  private final String sample;
  private final String description;

  Property(String sample, String description) {
    this.sample = sample;
    this.description = description;
  }

  /** The word, as in {@code in-order}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of its flag, without dashes; a text may say that instead of the word. */
  public String flag() {
    return this == RATE ? "bandwidth" : word();
  }

  /** What a value looks like. */
  public String sample() {
    return sample;
  }

  /** What it means, in one line. */
  public String description() {
    return description;
  }

  /** The property of that word. */
  static Optional<Property> of(String word) {
    return Arrays.stream(values())
        .filter(property -> property.word().equals(word) || property.flag().equals(word))
        .findFirst();
  }

  /**
   * A direction with this property changed.
   *
   * @throws IllegalArgumentException if the value has another shape or is out of range
   */
  OneWay applyTo(OneWay way, String value) {
    return switch (this) {
      case LOSS -> way.withLoss(loss(way.loss(), value));
      case BURST -> way.withLoss(burst(way.loss(), value));
      case DELAY -> way.withDelay(way.delay().withMean(duration(value)));
      case JITTER -> way.withDelay(way.delay().withJitter(duration(value)));
      case SHAPE -> way.withDelay(way.delay().withShape(shape(value)));
      case IN_ORDER -> way.withKeepsOrder(yes(value));
      case REORDER -> reorder(way, value);
      case DUPLICATE -> way.withDuplicate(Percentages.parse(value));
      case CORRUPT -> way.withCorrupt(Percentages.parse(value));
      case RATE -> way.withRate(Bandwidth.parse(value));
      case QUEUE -> way.withQueue(queue(value));
    };
  }

  private static Loss loss(Loss before, String value) {
    if (!value.startsWith("ge:")) {
      double share = Percentages.parse(value);
      return before instanceof Loss.Bursts bursts
          ? bursts.withShare(share)
          : new Loss.Independent(share);
    }
    List<String> parts = List.of(value.substring("ge:".length()).split(":", -1));
    if (parts.size() != BURST_PARTS) {
      throw new IllegalArgumentException(
          "not a Gilbert-Elliott model: '"
              + value
              + "' (write ge:GOOD-TO-BAD:BAD-TO-GOOD:LOSS-IN-BAD:LOSS-IN-GOOD, each in percent)");
    }
    List<Double> shares = parts.stream().map(Percentages::parse).toList();
    return new Loss.Bursts(shares.get(0), shares.get(1), shares.get(2), shares.get(3));
  }

  private static Loss burst(Loss loss, String value) {
    return value.equals("no")
        ? new Loss.Independent(loss.share())
        : Loss.Bursts.of(loss.share(), burstLength(value));
  }

  private static double burstLength(String value) {
    if (!value.matches("\\d{1,6}(\\.\\d{1,6})?")) {
      throw new IllegalArgumentException(
          "not a number of packets: '" + value + "' (write for example 4, or no)");
    }
    return Double.parseDouble(value);
  }

  private static Duration duration(String value) {
    if (value.startsWith("-")) {
      throw new IllegalArgumentException("must not be negative: '" + value + "'");
    }
    return Durations.parse(value);
  }

  private static Delay.Shape shape(String value) {
    return Arrays.stream(Delay.Shape.values())
        .filter(shape -> shape.label().equals(value))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "not a shape: '" + value + "' (normal, uniform or pareto)"));
  }

  private static boolean yes(String value) {
    return switch (value) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalArgumentException("must be yes or no, not '" + value + "'");
    };
  }

  private static OneWay reorder(OneWay way, String value) {
    int colon = value.indexOf(':');
    return colon < 0
        ? way.withReorder(Percentages.parse(value), OneWay.HELD_BACK)
        : way.withReorder(
            Percentages.parse(value.substring(0, colon)), duration(value.substring(colon + 1)));
  }

  private static QueueLimit queue(String value) {
    if (value.matches("\\d{1,9}")) {
      return new QueueLimit.Packets(Integer.parseInt(value));
    }
    return new QueueLimit.Bytes(ByteSizes.parse(value));
  }
}
