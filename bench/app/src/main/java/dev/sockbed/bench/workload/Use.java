package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.Preset;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What people send messages or files for. Each has stated numbers, and says where they come from;
 * all can be changed one by one.
 */
public enum Use {
  /** Readings of a small device. */
  SENSOR("our assumption: a reading five times a second, of which few may be missing"),
  /** The state of a game, sixty times a second. */
  GAME("our assumption: a late state is worth nothing, and one in ten may be missing each way"),
  /** Speech in both directions. */
  VOICE(
      "20 ms of G.711 a message; at most 150 ms one way (ITU-T G.114); 5 % missing each way is our"
          + " assumption of what can be concealed"),
  /** A file of some size. */
  FILE(
      "our assumption: a wait of six seconds for a megabyte, and one file in five may take longer");

  private final String source;

  Use(String source) {
    this.source = source;
  }

  /** The name in flags and files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its numbers, over poor Wi-Fi. */
  public Need need() {
    return switch (this) {
      case SENSOR -> messages(32, 5, Duration.ofSeconds(1), 0.99);
      case GAME -> messages(100, 60, Duration.ofMillis(100), 0.8);
      case VOICE -> messages(160, 50, Duration.ofMillis(300), 0.9);
      case FILE ->
          new FileNeed(
              label(),
              1 << 20,
              List.of(Direction.UP, Direction.DOWN),
              Duration.ofSeconds(6),
              0.8,
              Preset.WIFI_POOR.spec());
    };
  }

  private Workload messages(
      int sizeBytes, double ratePerSecond, Duration deadline, double mustArrive) {
    return new Workload(
        label(), sizeBytes, ratePerSecond, 1, deadline, mustArrive, Preset.WIFI_POOR.spec());
  }

  /** Where its numbers come from. */
  public String source() {
    return source;
  }
}
