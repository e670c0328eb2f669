package dev.sockbed.bench.link.model;

import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Links in words: {@code wifi-poor}, {@code loss=5%,delay=10ms}, {@code 4g,up-rate=1Mbit/s}. Words
 * are a preset's name, which sets everything, {@code perfect}, {@code outage}, {@code connected},
 * and {@link Property} words with a value; {@code up-} or {@code down-} before a word sets one
 * direction only. What comes later changes what came before.
 */
public final class LinkText {
  private LinkText() {}

  /**
   * Reads a link.
   *
   * @param text words with commas between them
   * @throws IllegalArgumentException naming the first fault found
   */
  public static LinkSpec parse(String text) {
    return change(LinkSpec.PERFECT, List.of(text.split(",", -1)));
  }

  /**
   * Changes a link.
   *
   * @param words as in {@code loss=5%}
   * @throws IllegalArgumentException naming the first fault found
   */
  public static LinkSpec change(LinkSpec spec, List<String> words) {
    LinkSpec changed = spec;
    Set<Direction> queues = EnumSet.noneOf(Direction.class);
    for (String word : words) {
      changed = change(changed, word, queues);
    }
    for (Direction direction : queues) {
      if (changed.of(direction).rate() instanceof Bandwidth.Unlimited) {
        throw new IllegalArgumentException(
            "queue: without a rate nothing waits; give a rate too, as in bandwidth=1Mbit/s");
      }
    }
    return changed;
  }

  private static LinkSpec change(LinkSpec spec, String word, Set<Direction> queues) {
    int equals = word.indexOf('=');
    String key = equals < 0 ? word : word.substring(0, equals);
    Set<Direction> directions = EnumSet.allOf(Direction.class);
    for (Direction direction : Direction.values()) {
      if (key.startsWith(direction.label() + "-")) {
        directions = EnumSet.of(direction);
        key = key.substring(direction.label().length() + 1);
      }
    }
    LinkSpec changed = spec;
    for (Direction direction : directions) {
      OneWay way =
          equals < 0
              ? named(changed, direction, key)
              : valued(changed.of(direction), key, word.substring(equals + 1));
      changed = changed.with(direction, way);
    }
    if (key.equals(Property.QUEUE.word())) {
      queues.addAll(directions);
    }
    return changed;
  }

  private static OneWay named(LinkSpec spec, Direction direction, String name) {
    if (Property.of(name).isPresent()) {
      throw new IllegalArgumentException(name + ": the value is missing: write " + name + "=…");
    }
    return switch (name) {
      case "perfect" -> OneWay.PERFECT;
      case "outage" -> spec.of(direction).withOutage(true);
      case "connected" -> spec.of(direction).withOutage(false);
      default -> preset(name).of(direction);
    };
  }

  private static LinkSpec preset(String name) {
    try {
      return Preset.of(name).spec();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; a word may also be outage, connected, perfect or as in loss=5%", e);
    }
  }

  private static OneWay valued(OneWay way, String key, String value) {
    if (key.equals("trace")) {
      throw new IllegalArgumentException(
          "a recorded network is given to link as --up-trace and --down-trace");
    }
    if (key.equals("preset")) {
      throw new IllegalArgumentException("write a preset's name alone, as in " + value);
    }
    Optional<Property> property = Property.of(key);
    if (property.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown word: '%s' (there are %s)".formatted(key, words()));
    }
    try {
      return property.get().applyTo(way, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static String words() {
    return String.join(", ", List.of(Property.values()).stream().map(Property::word).toList());
  }

  /** Writes a link so that {@link #parse} reads the same, if it has no recorded rate. */
  static String format(LinkSpec spec) {
    List<String> up = words(spec.up());
    List<String> down = words(spec.down());
    if (spec.up().equals(spec.down())) {
      return up.isEmpty() ? "perfect" : String.join(",", up);
    }
    List<String> words = new ArrayList<>();
    up.forEach(word -> words.add("up-" + word));
    down.forEach(word -> words.add("down-" + word));
    return String.join(",", words);
  }

  /** What differs from {@link OneWay#PERFECT}, in words. */
  private static List<String> words(OneWay way) {
    List<String> words = new ArrayList<>();
    addLoss(words, way.loss());
    Delay delay = way.delay();
    if (!delay.mean().isZero()) {
      words.add("delay=" + Durations.format(delay.mean()));
    }
    if (!delay.jitter().isZero()) {
      words.add("jitter=" + Durations.format(delay.jitter()));
    }
    if (delay.shape() != Delay.Shape.NORMAL) {
      words.add("shape=" + delay.shape().label());
    }
    if (way.keepsOrder()) {
      words.add("in-order=yes");
    }
    if (way.reorder() > 0) {
      words.add(
          "reorder=" + Percentages.format(way.reorder()) + ":" + Durations.format(way.heldBack()));
    }
    addShare(words, "duplicate", way.duplicate());
    addShare(words, "corrupt", way.corrupt());
    switch (way.rate()) {
      case Bandwidth.Unlimited() -> {}
      case Bandwidth.Constant constant -> words.add("rate=" + constant);
      case Bandwidth.Recorded(DeliveryTrace trace) -> words.add("trace=" + trace);
    }
    if (!(way.rate() instanceof Bandwidth.Unlimited)) {
      words.add("queue=" + way.queue());
    }
    if (way.outage()) {
      words.add("outage");
    }
    return words;
  }

  private static void addLoss(List<String> words, Loss loss) {
    switch (loss) {
      case Loss.Independent(double share) -> addShare(words, "loss", share);
      case Loss.Bursts(double goodToBad, double badToGood, double bad, double good)
          when bad == 1 && good == 0 -> {
        addShare(words, "loss", goodToBad / (goodToBad + badToGood));
        String length = String.format(Locale.ROOT, "%.6f", 1 / badToGood);
        words.add("burst=" + length.replaceAll("\\.?0+$", ""));
      }
      case Loss.Bursts(double goodToBad, double badToGood, double bad, double good) ->
          words.add(
              "loss=ge:%s:%s:%s:%s"
                  .formatted(
                      Percentages.format(goodToBad),
                      Percentages.format(badToGood),
                      Percentages.format(bad),
                      Percentages.format(good)));
    }
  }

  private static void addShare(List<String> words, String word, double share) {
    if (share > 0) {
      words.add(word + "=" + Percentages.format(share));
    }
  }
}
