package dev.sockbed.bench.load;

import dev.sockbed.common.Durations;
import java.time.Duration;

/** When a run has sent enough. */
public sealed interface Stop {

  /**
   * After some time; replies to what was sent until then are still waited for.
   *
   * @param duration longer than zero
   */
  record After(Duration duration) implements Stop {
    /**
     * @throws IllegalArgumentException if the duration is not above zero
     */
    public After {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(
            "the duration must be above zero, not " + Durations.inWords(duration));
      }
    }
  }

  /**
   * After so many messages.
   *
   * @param messages over all connections together, at least 1
   */
  record AfterCount(long messages) implements Stop {
    /**
     * @throws IllegalArgumentException if there is nothing to send
     */
    public AfterCount {
      if (messages < 1) {
        throw new IllegalArgumentException("the count must be at least 1, not " + messages);
      }
    }
  }
}
