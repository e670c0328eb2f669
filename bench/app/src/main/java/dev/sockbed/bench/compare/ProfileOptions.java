package dev.sockbed.bench.compare;

import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much is measured, as the user asks for it. */
final class ProfileOptions {
  /** More of the default profile's would take days. */
  private static final int MOST_TRIALS = 1_000;

  private static final Duration QUICK_NEED = Duration.ofSeconds(4);
  private static final Duration NEED = Duration.ofSeconds(20);
  private static final Duration FULL_NEED = Duration.ofMinutes(3);

  @Option(names = "--quick", description = "Measure less: half a minute.")
  private boolean quick;

  @Option(names = "--full", description = "Measure more: a quarter of an hour.")
  private boolean full;

  @Option(
      names = "--only",
      paramLabel = "SCENARIO",
      split = ",",
      converter = ScenarioConverter.class,
      completionCandidates = ScenarioNames.class,
      description =
          "Only these scenarios, as in rtt,throughput; there are" + " ${COMPLETION-CANDIDATES}.")
  private Set<ComparisonScenario> only = Set.of();

  @Option(
      names = "--trials",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "Measure each point N times: more make intervals narrower.")
  private @Nullable Integer trials;

  /**
   * The profile.
   *
   * @throws UsageException if the options contradict each other, or would never end
   */
  Profile profile() {
    if (quick && full) {
      throw new UsageException("--quick and --full contradict each other");
    }
    if (trials != null && trials > MOST_TRIALS) {
      throw new UsageException("--trials must be at most " + MOST_TRIALS + ", not " + trials);
    }
    Profile profile = quick ? Profile.QUICK : full ? Profile.FULL : Profile.DEFAULT;
    return (trials == null ? profile : profile.withTrials(trials))
        .only(only.isEmpty() ? EnumSet.allOf(ComparisonScenario.class) : only);
  }

  /**
   * How long messages are sent over the link on which a need is looked at.
   *
   * @throws UsageException if what is to be measured is chosen besides
   */
  Duration timeForNeed() {
    profile();
    if (!only.isEmpty()) {
      throw new UsageException("--only chooses scenarios, and a need has its own: leave it out");
    }
    return quick ? QUICK_NEED : full ? FULL_NEED : NEED;
  }

  /** Whether the user named this scenario. */
  boolean asksFor(ComparisonScenario scenario) {
    return only.contains(scenario);
  }

  /** How often each point is measured, if the user said so. */
  @Nullable Integer trials() {
    return trials;
  }

  /** How often each link is measured. */
  int linkTrials() {
    return trials == null ? LinkPlans.TRIALS : trials;
  }

  /** Reads the name of a scenario. */
  static final class ScenarioConverter implements ITypeConverter<ComparisonScenario> {
    @Override
    public ComparisonScenario convert(String text) {
      return Arrays.stream(ComparisonScenario.values())
          .filter(scenario -> scenario.label().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "no scenario is called '" + text + "': there are " + names()));
    }

    private static String names() {
      return String.join(", ", new ScenarioNames());
    }
  }

  /** The names of all scenarios. */
  static final class ScenarioNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(ComparisonScenario.values()).map(ComparisonScenario::label).iterator();
    }
  }
}
