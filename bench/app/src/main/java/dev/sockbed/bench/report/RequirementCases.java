package dev.sockbed.bench.report;

import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.output.JUnitSuite;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.WorkloadFinding;
import java.util.List;
import java.util.stream.Stream;

/** What was asked of a run as test cases, for a build server. */
public final class RequirementCases {
  private RequirementCases() {}

  /**
   * The findings of a run: a case for each thing that was asked, and for each way to meet a need.
   */
  static JUnitSuite suite(Report report) {
    String job = report.results().job();
    WorkloadFinding need = report.results().workload();
    Stream<JUnitSuite.Case> needs =
        need == null
            ? Stream.empty()
            : need.variants().stream().map(variant -> needed(job, need, variant));
    return new JUnitSuite(
        "sockbed " + job,
        report.results().startedAt(),
        Stream.concat(of(job, report.requirements()).stream(), needs).toList(),
        "");
  }

  /** A case for each requirement. */
  public static List<JUnitSuite.Case> of(String job, List<Requirement> requirements) {
    PointNames names = Report.names(requirements);
    return requirements.stream()
        .map(each -> {
          Point point = each.point();
          String name = (point == null ? "" : names.of(point) + ": ") + each.asks();
          String missed = each.missed();
          return new JUnitSuite.Case(
              "sockbed." + job,
              name,
              0,
              missed == null
                  ? new JUnitSuite.Passed()
                  : new JUnitSuite.Failed("limit", missed, missed));
        })
        .toList();
  }

  private static JUnitSuite.Case needed(
      String job, WorkloadFinding need, WorkloadFinding.OfVariant variant) {
    return new JUnitSuite.Case(
        "sockbed." + job,
        variant.variant() + " " + NeedText.title(need).replaceFirst("^F", "f"),
        0,
        switch (variant.answer()) {
          case WorkloadFinding.DOES_NOT_MEET ->
              new JUnitSuite.Failed("need", variant.text(), NeedText.asked(need));
          case WorkloadFinding.CANT_TELL -> new JUnitSuite.Skipped(variant.text());
          default -> new JUnitSuite.Passed();
        });
  }
}
