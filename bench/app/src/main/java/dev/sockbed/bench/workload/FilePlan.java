package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.Bandwidth;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.transfer.TransferPlan;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Share;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many files are transferred so that something can be said within a time. */
public final class FilePlan {
  /** How many of each variant show that four in five are in time, and leave room for a late one. */
  private static final int WANTED = 36;

  private static final int MOST_TRIALS = 1_000;
  private static final int MOST_TOGETHER = 12;

  /** What this machine emulates at the same time without being late. */
  private static final double MOST_BITS_PER_SECOND = 200e6;

  /** Of a file's time by its link's rate alone: losses make it longer. */
  private static final double SLOWER = 2.5;

  private FilePlan() {}

  /**
   * The plan.
   *
   * @param time for all transfers, about
   * @param trials the user's, or null for as many as there is time for
   */
  public static TransferPlan of(
      FileNeed need,
      List<Variant> variants,
      LinkMode mode,
      long seed,
      Duration time,
      @Nullable Integer trials) {
    double rate = slowerRate(need.link());
    int together =
        Math.clamp((long) (MOST_BITS_PER_SECOND / rate / variants.size()), 1, MOST_TOGETHER);
    double seconds = SLOWER * need.sizeBytes() * Byte.SIZE / Math.min(rate, MOST_BITS_PER_SECOND);
    long waves = Math.round(time.toMillis() / 1e3 / Math.max(seconds, 0.1));
    int planned =
        trials == null
            ? Math.clamp(waves * together, Comparison.FEWEST, WANTED)
            : Math.min(trials, MOST_TRIALS);
    return new TransferPlan(
        variants,
        need.link(),
        mode,
        seed,
        need.sizeBytes(),
        need.directions(),
        need.deadline(),
        need.deadline().plus(need.deadline().dividedBy(2)),
        planned,
        Math.min(together, planned));
  }

  private static double slowerRate(LinkSpec link) {
    return Stream.of(link.up().rate(), link.down().rate())
        .mapToDouble(rate ->
            rate instanceof Bandwidth.Constant constant
                ? constant.bitsPerSecond()
                : MOST_BITS_PER_SECOND)
        .min()
        .orElseThrow();
  }

  /**
   * What stands in the way of any answer, whatever is measured.
   *
   * @return a sentence, or null if the need can be shown to be met
   */
  public static @Nullable String tooFew(FileNeed need, TransferPlan plan) {
    if (plan.trials() < Comparison.FEWEST) {
      return "%d trials are too few to tell anything: %d are needed"
          .formatted(plan.trials(), Comparison.FEWEST);
    }
    long needed =
        Share.messagesToShow(
            need.mustArrive(), Comparison.confidenceOfEach(plan.variants().size()), plan.trials());
    return plan.trials() >= needed
        ? null
        : "%,d files can't show that a need is met, even if all are in time: about %,d could (--trials)"
            .formatted(plan.trials(), needed);
  }
}
