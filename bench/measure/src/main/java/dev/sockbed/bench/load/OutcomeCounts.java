package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Outcome;

/** How many messages met which fate so far. */
final class OutcomeCounts {
  private long ok;
  private long lost;
  private long late;
  private long truncated;
  private long corrupt;
  private long refused;
  private long failed;

  void add(Outcome outcome) {
    switch (outcome) {
      case OK -> ok++;
      case LOST -> lost++;
      case LATE -> late++;
      case TRUNCATED -> truncated++;
      case CORRUPT -> corrupt++;
      case REFUSED -> refused++;
      case FAILED -> failed++;
    }
  }

  Outcomes now() {
    return new Outcomes(ok, lost, late, truncated, corrupt, refused, failed);
  }
}
