package dev.sockbed.bench.link.transfer;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.result.Variant;
import java.time.Duration;
import java.util.List;

/**
 * How many files are transferred over a link, the same for each variant.
 *
 * @param variants each over a link of its own with the same seed
 * @param spec the link
 * @param mode how it is made
 * @param seed of the first trial's link; each has another one
 * @param bytes of a file
 * @param directions which ways, in turn from trial to trial
 * @param deadline a file whose last byte comes later is late
 * @param patience then a transfer is given up, at least the deadline
 * @param trials how many files each variant transfers
 * @param together so many trials run at the same time
 */
public record TransferPlan(
    List<Variant> variants,
    LinkSpec spec,
    LinkMode mode,
    long seed,
    int bytes,
    List<Direction> directions,
    Duration deadline,
    Duration patience,
    int trials,
    int together) {

  /** Copies the lists, so that the plan stays as it is. */
  public TransferPlan {
    variants = List.copyOf(variants);
    directions = List.copyOf(directions);
  }

  /** Which way a trial's file goes. */
  Direction direction(int trial) {
    return directions.get((trial - 1) % directions.size());
  }

  /** How long it takes at most, if no file comes. */
  public Duration longest() {
    return patience.multipliedBy(Math.ceilDiv(trials, together));
  }
}
