package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.result.Variant;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured over one link, the same for each variant.
 *
 * @param variants what is measured over it, each over a link of its own with the same seed
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
 * @param trials how often, each with another seed; set-ups and outage belong to the first only
 */
public record LinkPlan(
    List<Variant> variants,
    LinkSpec spec,
    LinkMode mode,
    long seed,
    int messages,
    int sizeBytes,
    int ratePerSecond,
    Duration deadline,
    int setUps,
    Duration outage,
    int trials) {

  /** So many trials run at the same time, each over links of its own: most of one is waiting. */
  public static final int TOGETHER = 3;

  /** Copies the list, so that the plan stays as it is. */
  public LinkPlan {
    variants = List.copyOf(variants);
  }

  /** The same for other variants. */
  public LinkPlan withVariants(List<Variant> others) {
    return new LinkPlan(
        others,
        spec,
        mode,
        seed,
        messages,
        sizeBytes,
        ratePerSecond,
        deadline,
        setUps,
        outage,
        trials);
  }

  long gapNanos() {
    return 1_000_000_000L / ratePerSecond;
  }

  /** About how long it takes; loss and delay make it longer. */
  public Duration duration() {
    Duration volley = Duration.ofNanos(gapNanos() * messages).plus(deadline);
    Duration volleys = volley.multipliedBy(Math.ceilDiv(trials, TOGETHER));
    return outage.isZero() ? volleys : volleys.plus(outage.multipliedBy(3)).plus(deadline);
  }

  /** What is left of it in a trial, from 1. */
  LinkPlan ofTrial(int trial) {
    return trial == 1 ? this : volleyOf(messages);
  }

  /** A volley of so many messages, and nothing else. */
  LinkPlan volleyOf(int messages) {
    return new LinkPlan(
        variants,
        spec,
        mode,
        seed,
        messages,
        sizeBytes,
        ratePerSecond,
        deadline,
        0,
        Duration.ZERO,
        trials);
  }
}
