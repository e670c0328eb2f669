package dev.sockbed.bench.report;

import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.result.Results;
import java.util.List;
import java.util.Objects;

/**
 * What a run found, and what was asked of it.
 *
 * @param requirements what had to be reached; may be none
 */
public record Report(Results results, List<Requirement> requirements) {
  /** Copies the list. */
  public Report {
    requirements = List.copyOf(requirements);
  }

  /** Those that were not reached, in words: of which point, where there are several, and why. */
  public List<String> missed() {
    return missed(requirements);
  }

  /** The same of any requirements. */
  public static List<String> missed(List<Requirement> requirements) {
    PointNames names = names(requirements);
    boolean several = requirements.stream().map(Requirement::point).distinct().count() > 1;
    return requirements.stream()
        .filter(each -> each.missed() != null)
        .map(each ->
            several && each.point() != null
                ? names.of(each.point()) + ": " + each.missed()
                : String.valueOf(each.missed()))
        .toList();
  }

  /** Names for the points of requirements. */
  static PointNames names(List<Requirement> requirements) {
    return new PointNames(
        requirements.stream().map(Requirement::point).filter(Objects::nonNull).distinct().toList());
  }
}
