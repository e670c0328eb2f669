package dev.sockbed.bench.link.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Links that people meet. Each has stated numbers and says where they come from; none is a
 * measurement of anybody's network.
 */
public enum Preset {
  /** A wired local network. */
  LAN("rate=1Gbit/s,queue=1000,delay=100us,jitter=20us", "gigabit Ethernet behind one switch"),
  /** Wi-Fi in the same room. */
  WIFI_GOOD(
      "rate=60Mbit/s,queue=256,delay=2ms,jitter=1ms,shape=pareto,in-order=yes,loss=0.1%",
      "our assumption: 802.11 retries hide most losses and show as jitter"),
  /** Wi-Fi behind two walls, with neighbours. */
  WIFI_POOR(
      "rate=5Mbit/s,queue=128,delay=10ms,jitter=15ms,shape=pareto,in-order=yes,loss=3%,burst=3",
      "our assumption: retries give up in bursts while the channel is busy"),
  /** A 4G telephone. */
  FOUR_G(
      "4g",
      "rate=9Mbit/s,queue=128,delay=85ms,jitter=10ms,shape=pareto,in-order=yes,loss=0.1%",
      "rate and round trip of WebPageTest's 4G profile; jitter and loss are our assumption"),
  /** A 3G telephone. */
  THREE_G(
      "3g",
      "down-rate=1.6Mbit/s,up-rate=768kbit/s,queue=64,delay=150ms,jitter=20ms,shape=pareto,"
          + "in-order=yes,loss=0.5%",
      "rates and round trip of WebPageTest's 3G profile; jitter and loss are our assumption"),
  /** A geostationary satellite. */
  SATELLITE(
      "down-rate=20Mbit/s,up-rate=3Mbit/s,queue=256,delay=279ms,jitter=2ms,in-order=yes,"
          + "loss=0.5%,burst=4",
      "one hop at the edge of a geostationary satellite's view, RFC 2488 section 2; rates and"
          + " loss are our assumption"),
  /** A small board on a 2.4-GHz network, a K230 for one. */
  BOARD(
      "rate=10Mbit/s,queue=32,delay=4ms,jitter=6ms,shape=pareto,in-order=yes,loss=1%,burst=2",
      "our assumption for a single-antenna 2.4-GHz module with a short queue");

  private final String label;
  private final String text;
  private final String source;

  Preset(String text, String source) {
    this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.text = text;
    this.source = source;
  }

  Preset(String label, String text, String source) {
    this.label = label;
    this.text = text;
    this.source = source;
  }

  /** The name in flags and files, as in {@code wifi-poor}. */
  public String label() {
    return label;
  }

  /** Its numbers, as {@link LinkText} reads them. */
  public String text() {
    return text;
  }

  /** Where its numbers come from. */
  public String source() {
    return source;
  }

  /** Its numbers. */
  public LinkSpec spec() {
    return LinkText.parse(text);
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException if there is none; the message has the nearest ones
   */
  public static Preset of(String label) {
    return Arrays.stream(values())
        .filter(preset -> preset.label.equals(label.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(label)));
  }

  private static String unknown(String label) {
    List<String> near =
        Arrays.stream(values())
            .map(Preset::label)
            .filter(known -> isNear(known, label))
            .sorted(Comparator.comparingInt(known -> distance(known, label)))
            .toList();
    String all = Arrays.stream(values()).map(Preset::label).collect(Collectors.joining(", "));
    return "unknown preset: '%s' (%s)"
        .formatted(
            label,
            near.isEmpty()
                ? "there are " + all
                : "did you mean " + String.join(" or ", near) + "?");
  }

  private static boolean isNear(String known, String typed) {
    int letters = typed.length();
    return (letters > 0 && known.startsWith(typed.toLowerCase(Locale.ROOT)))
        || distance(known, typed) <= Math.clamp(letters - 1, 0, Math.max(2, known.length() / 3));
  }

  /** How many letters must be changed, added or removed: Levenshtein's distance. */
  private static int distance(String known, String typed) {
    String other = typed.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= known.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (known.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
