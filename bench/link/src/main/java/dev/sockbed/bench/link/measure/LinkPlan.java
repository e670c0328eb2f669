package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
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
 * @param ratePerSecond how many a second, over all connections together
 * @param connections sockets of the client, which take turns
 * @param deadline a reply that takes longer is late
 * @param patience how long replies are waited for after the last message, at least the deadline
 * @param setUps how many new clients ask for a first echo
 * @param outage how long the link is cut in a train of its own; zero for none
 * @param trials how often, each with another seed; set-ups and outage belong to the first only
 * @param together so many trials run at the same time, each over links of its own: most of one is
 *     waiting
 * @param mostRepeats how often a trial that this machine held up is made again at most
 */
public record LinkPlan(
    List<Variant> variants,
    LinkSpec spec,
    LinkMode mode,
    long seed,
    int messages,
    int sizeBytes,
    double ratePerSecond,
    int connections,
    Duration deadline,
    Duration patience,
    int setUps,
    Duration outage,
    int trials,
    int together,
    int mostRepeats) {

  /** So many trials of some hundred messages a second leave the machine time. */
  public static final int TOGETHER = 3;

  /** A machine that is busy for longer is busy. */
  private static final int MOST_REPEATS = 1;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Copies the list, so that the plan stays as it is. */
  public LinkPlan {
    variants = List.copyOf(variants);
  }

  /** Over one connection, and no longer waited for than the deadline. */
  public LinkPlan(
      List<Variant> variants,
      LinkSpec spec,
      LinkMode mode,
      long seed,
      int messages,
      int sizeBytes,
      double ratePerSecond,
      Duration deadline,
      int setUps,
      Duration outage,
      int trials) {
    this(
        variants,
        spec,
        mode,
        seed,
        messages,
        sizeBytes,
        ratePerSecond,
        1,
        deadline,
        deadline,
        setUps,
        outage,
        trials,
        TOGETHER,
        MOST_REPEATS);
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
        connections,
        deadline,
        patience,
        setUps,
        outage,
        trials,
        together,
        mostRepeats);
  }

  /** Whether a message fits: a datagram has at most 65,507 bytes. */
  public boolean isCarriedBy(Variant variant) {
    return variant.transport() == Transport.TCP || sizeBytes <= UdpConfig.LONGEST_DATAGRAM;
  }

  long gapNanos() {
    return Math.round(NANOS_PER_SECOND / ratePerSecond);
  }

  /** About how long it takes; loss and delay make it longer. */
  public Duration duration() {
    Duration train = Duration.ofNanos(gapNanos() * messages).plus(patience);
    Duration trains = train.multipliedBy(Math.ceilDiv(trials, together));
    return outage.isZero() ? trains : trains.plus(outage.multipliedBy(3)).plus(patience);
  }

  /** What is left of it in a trial, from 1. */
  LinkPlan ofTrial(int trial) {
    return trial == 1 ? this : trainOf(messages);
  }

  /** A train of so many messages, and nothing else. */
  LinkPlan trainOf(int messages) {
    return new LinkPlan(
        variants,
        spec,
        mode,
        seed,
        messages,
        sizeBytes,
        ratePerSecond,
        connections,
        deadline,
        patience,
        0,
        Duration.ZERO,
        trials,
        together,
        mostRepeats);
  }
}
