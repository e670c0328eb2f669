package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.stats.Comparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which links are measured, and how much. */
final class LinkPlans {
  /** A link that is bad enough to tell the transports apart, and not yet unusual. */
  static final String USUAL = "loss=2%,delay=10ms";

  /** As few as an interval takes, so that each has time for as many messages as possible. */
  static final int TRIALS = Comparison.FEWEST;

  private static final int RATE_PER_SECOND = 200;
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final List<String> LOSSES = List.of("0%", "0.1%", "1%", "2%", "5%", "10%");
  private static final List<String> DELAYS = List.of("0ms", "10ms", "50ms");

  private LinkPlans() {}

  /**
   * The plans of a profile: the one link, and in the full profile without a link of the user's all
   * losses at all delays.
   *
   * @param link the user's, or null
   * @param trials how often each is measured
   */
  static List<LinkPlan> of(
      Profile profile, @Nullable LinkSpec link, LinkMode mode, long seed, int trials) {
    LinkSpec spec = link == null ? LinkText.parse(USUAL) : link;
    return switch (profile.label()) {
      case "quick" -> List.of(plan(spec, mode, seed, 60, 3, 0, trials));
      case "full" -> {
        List<LinkPlan> plans = new ArrayList<>();
        plans.add(plan(spec, mode, seed, 500, 30, 500, trials));
        if (link == null) {
          sweep(mode, seed, trials).forEach(plans::add);
        }
        yield plans;
      }
      default -> List.of(plan(spec, mode, seed, 150, 8, 300, trials));
    };
  }

  private static List<LinkPlan> sweep(LinkMode mode, long seed, int trials) {
    List<LinkPlan> plans = new ArrayList<>();
    for (String delay : DELAYS) {
      for (String loss : LOSSES) {
        String text = "loss=" + loss + ",delay=" + delay;
        if (!text.equals(USUAL)) {
          plans.add(plan(LinkText.parse(text), mode, seed, 160, 0, 0, trials));
        }
      }
    }
    return plans;
  }

  private static LinkPlan plan(
      LinkSpec spec,
      LinkMode mode,
      long seed,
      int messages,
      int setUps,
      int outageMillis,
      int trials) {
    return new LinkPlan(
        Variant.OVER_LINKS,
        spec,
        mode,
        seed,
        messages,
        Profile.LARGE,
        RATE_PER_SECOND,
        DEADLINE,
        setUps,
        Duration.ofMillis(outageMillis),
        trials);
  }
}
