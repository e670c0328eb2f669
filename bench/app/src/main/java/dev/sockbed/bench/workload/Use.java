package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.model.Preset;
import java.time.Duration;
import java.util.Locale;

/**
 * What people send messages for. Each has stated numbers, and says where they come from; all can be
 * changed one by one.
 */
public enum Use {
  /** Readings of a small device. */
  SENSOR(
      32,
      5,
      1,
      Duration.ofSeconds(1),
      0.99,
      "our assumption: a reading five times a second, of which few may be missing"),
  /** The state of a game, sixty times a second. */
  GAME(
      100,
      60,
      1,
      Duration.ofMillis(100),
      0.8,
      "our assumption: a late state is worth nothing, and one in ten may be missing each way"),
  /** Speech in both directions. */
  VOICE(
      160,
      50,
      1,
      Duration.ofMillis(300),
      0.9,
      "20 ms of G.711 a message; at most 150 ms one way (ITU-T G.114); 5 % missing each way is our"
          + " assumption of what can be concealed");

  private final int sizeBytes;
  private final double ratePerSecond;
  private final int connections;
  private final Duration deadline;
  private final double mustArrive;
  private final String source;

  Use(
      int sizeBytes,
      double ratePerSecond,
      int connections,
      Duration deadline,
      double mustArrive,
      String source) {
    this.sizeBytes = sizeBytes;
    this.ratePerSecond = ratePerSecond;
    this.connections = connections;
    this.deadline = deadline;
    this.mustArrive = mustArrive;
    this.source = source;
  }

  /** The name in flags and files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its numbers, over poor Wi-Fi. */
  public Workload workload() {
    return new Workload(
        label(),
        sizeBytes,
        ratePerSecond,
        connections,
        deadline,
        mustArrive,
        Preset.WIFI_POOR.spec());
  }

  /** Where its numbers come from. */
  public String source() {
    return source;
  }
}
