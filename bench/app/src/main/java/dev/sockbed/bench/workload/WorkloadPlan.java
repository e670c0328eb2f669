package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Share;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of a workload is measured so that something can be said of it within a time. */
public final class WorkloadPlan {
  /** What all trials take that run at the same time: what this machine does without being late. */
  private static final double MOST_PER_SECOND = 1_800;

  private static final int MOST_TOGETHER = 12;
  private static final int LEAST_WAVES = 3;

  /** So that a trial has messages enough to have luck of its own. */
  private static final int FEWEST_MESSAGES = 10;

  /** What is late is looked at for as long, so that it is told from what never comes. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

  private WorkloadPlan() {}

  /**
   * The plan.
   *
   * @param time for sending, all trials together; very slow messages take longer
   * @param trials the user's, or null for as many as there is time for
   */
  public static LinkPlan of(
      Workload workload,
      List<Variant> variants,
      LinkMode mode,
      long seed,
      Duration time,
      @Nullable Integer trials) {
    double each = workload.ratePerSecond() * variants.size();
    int together = Math.clamp((long) (MOST_PER_SECOND / each), 1, MOST_TOGETHER);
    int planned =
        trials == null
            ? together * Math.max(LEAST_WAVES, Math.ceilDiv(Comparison.FEWEST, together))
            : trials;
    int waves = Math.ceilDiv(planned, together);
    double seconds = time.toMillis() / 1e3 / waves;
    long messages = Math.round(workload.ratePerSecond() * seconds);
    return new LinkPlan(
        variants,
        workload.link(),
        mode,
        seed,
        Math.toIntExact(Math.max(messages, FEWEST_MESSAGES)),
        workload.sizeBytes(),
        workload.ratePerSecond(),
        workload.connections(),
        workload.deadline(),
        patience(workload.deadline()),
        0,
        Duration.ZERO,
        planned,
        together,
        0); // What this machine held up is told apart message by message.
  }

  /** Longer than the deadline, by half of it. */
  private static Duration patience(Duration deadline) {
    Duration more = deadline.plus(deadline.dividedBy(2));
    return more.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : more;
  }

  /**
   * What stands in the way of any answer, whatever is measured.
   *
   * @return a sentence, or null if the need can be shown to be met
   */
  public static @Nullable String tooFew(Workload workload, LinkPlan plan) {
    if (plan.trials() < Comparison.FEWEST) {
      return "%d trials are too few to tell anything: %d are needed"
          .formatted(plan.trials(), Comparison.FEWEST);
    }
    long messages = (long) plan.messages() * plan.trials();
    long needed =
        Share.messagesToShow(
            workload.mustArrive(),
            Comparison.confidenceOfEach(plan.variants().size()),
            plan.trials());
    return messages >= needed
        ? null
        : ("%,d messages can't show that a need is met, even if all arrive: %,d could; --full sends"
                + " more")
            .formatted(messages, needed);
  }
}
