package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.LinkSpec;
import java.time.Duration;

/**
 * How much is measured over one link, the same for each manner.
 *
 * @param spec the link
 * @param mode how it is made
 * @param seed of the link
 * @param messages how many are sent
 * @param sizeBytes bytes of each, at least 8
 * @param ratePerSecond how many a second
 * @param deadline a reply that takes longer is late; after the last message replies are waited for
 *     as long
 * @param setUps how many new clients ask for a first echo
 * @param outage how long the link is cut in a volley of its own; zero for none
 */
public record LinkPlan(
    LinkSpec spec,
    LinkMode mode,
    long seed,
    int messages,
    int sizeBytes,
    int ratePerSecond,
    Duration deadline,
    int setUps,
    Duration outage) {

  long gapNanos() {
    return 1_000_000_000L / ratePerSecond;
  }

  /** About how long it takes; loss and delay make it longer. */
  public Duration duration() {
    Duration volley = Duration.ofNanos(gapNanos() * messages).plus(deadline);
    return outage.isZero() ? volley : volley.plus(outage.multipliedBy(3)).plus(deadline);
  }
}
