package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.output.TableHtml;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.result.WorkloadFinding;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Results as one HTML file that needs nothing else: the answer, then a section for each scenario
 * with its plot and its numbers, then how it was measured. Its policy lets it load nothing and run
 * nothing but its own two scripts, which draw the plots.
 */
final class HtmlReport {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String STYLE =
      Html.resource(HtmlReport.class, "uPlot.min.css")
          + Html.resource(HtmlReport.class, "page.css");
  private static final String LIBRARY = Html.resource(HtmlReport.class, "uPlot.iife.min.js");
  private static final String SCRIPT = Html.resource(HtmlReport.class, "page.js");
  private static final String LICENCE = Html.resource(HtmlReport.class, "uPlot.LICENSE.txt");
  private static final String PAGE = Html.resource(HtmlReport.class, "page.html");

  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
          + Html.policyHash(STYLE)
          + "; script-src "
          + Html.policyHash(LIBRARY)
          + " "
          + Html.policyHash(SCRIPT);

  private HtmlReport() {}

  /** Renders results as a page. */
  static String render(Results results) {
    List<Scenario> scenarios = Scenario.of(results);
    List<Chart> charts = new ArrayList<>();
    List<String> onlyInGrid = LinkGrid.onlyHere(results);
    String sections =
        scenarios.stream()
            .filter(scenario -> !onlyInGrid.contains(scenario.name()))
            .map(scenario -> section(scenario, charts))
            .collect(Collectors.joining("\n"));
    return Html.fill(
        PAGE,
        Map.ofEntries(
            Map.entry("policy", POLICY),
            Map.entry("style", STYLE),
            Map.entry("library", LIBRARY),
            Map.entry("script", SCRIPT),
            Map.entry("licence", Html.escape(LICENCE)),
            Map.entry("title", results.schema().equals(Results.LOAD) ? "Load" : "TCP or UDP?"),
            Map.entry("kicker", Html.escape(kicker(results))),
            Map.entry("answer", answer(results) + warnings(results)),
            Map.entry("sections", sections + "\n" + grid(results, scenarios, onlyInGrid)),
            Map.entry("outcomes", OutcomeBars.section(ofMessages(scenarios))),
            Map.entry("findings", Findings.section(results.verdicts())),
            Map.entry("method", method(results)),
            Map.entry("environment", HtmlTables.tree(results.environment())),
            Map.entry("config", HtmlTables.tree(results.config())),
            Map.entry("charts", Html.inScript(ResultsFile.json(charts)))));
  }

  private static String kicker(Results results) {
    String commit = results.tool().commit();
    String machine = Machine.words(results);
    return "sockbed %s%s · %s%s"
        .formatted(
            results.tool().version(),
            commit == null ? "" : " (" + commit + ")",
            DAY.format(results.startedAt()),
            machine.isEmpty() ? "" : " · " + machine);
  }

  private static String warnings(Results results) {
    return Machine.warnings(results).stream()
        .map(warning -> "\n<p class=\"note\">" + Html.escape(warning) + ".</p>")
        .collect(Collectors.joining());
  }

  private static String answer(Results results) {
    WorkloadFinding need = results.workload();
    return need == null ? comparison(results) : NeedHtml.answer(need);
  }

  private static String comparison(Results results) {
    List<Verdict> first = Findings.answer(results.verdicts());
    if (first.isEmpty()) {
      return "<p class=\"note\">%s</p>"
          .formatted(
              results.cells().isEmpty()
                  ? "Nothing was measured."
                  : "There is no comparison here; the numbers are below.");
    }
    return first.stream()
            .map(verdict -> "<li>" + Findings.emphasised(verdict.text()) + "</li>")
            .collect(Collectors.joining("\n", "<ul class=\"answer\">\n", "\n</ul>"))
        + Findings.proviso(results.verdicts())
            .map(verdict -> "\n<p>" + Findings.emphasised(verdict.text()) + "</p>")
            .orElse("");
  }

  /** What becomes of files stands in their tables. */
  private static List<Scenario> ofMessages(List<Scenario> scenarios) {
    return scenarios.stream().filter(scenario -> !scenario.isTransfer()).toList();
  }

  private static String grid(Results results, List<Scenario> scenarios, List<String> onlyInGrid) {
    List<Scenario> folded =
        onlyInGrid.stream()
            .flatMap(name -> scenarios.stream().filter(each -> each.name().equals(name)))
            .toList();
    return LinkGrid.of(results).map(grid -> LinkGridHtml.section(grid, folded)).orElse("");
  }

  private static String section(Scenario scenario, List<Chart> charts) {
    StringBuilder section = new StringBuilder("<section>\n<h2>");
    section.append(Html.escape(scenario.title())).append("</h2>\n");
    if (!scenario.explanation().isEmpty()) {
      section.append("<p>").append(Html.escape(scenario.explanation())).append("</p>\n");
    }
    section
        .append("<p class=\"conditions\">")
        .append(Html.escape(scenario.conditions()))
        .append(".</p>\n");
    if (scenario.name().equals(Scenario.RECEIVE_LIMIT)) {
      List<ReceiveLimitRow> rows = ReceiveLimitRow.of(scenario);
      section
          .append(ReceiveLimitPicture.of(rows))
          .append(HtmlTables.numbers(Tables.receiveLimit(rows)));
    } else if (scenario.overLink()) {
      List<LinkRow> rows = LinkRow.of(scenario);
      section.append(LinkPicture.of(rows)).append(HtmlTables.link(rows));
      section.append(HtmlTables.numbers(Tables.scenario(scenario)));
    } else if (scenario.isTransfer()) {
      section.append(TableHtml.render(TransferTable.of(scenario)));
    } else {
      for (Chart chart : Charts.of(scenario)) {
        charts.add(chart);
        section
            .append("<figure class=\"chart\" data-chart=\"")
            .append(Html.escape(chart.id()))
            .append("\"><figcaption>")
            .append(Html.escape(chart.caption()))
            .append("</figcaption><div class=\"plot\"></div></figure>\n");
      }
      section.append(HtmlTables.numbers(Tables.scenario(scenario)));
    }
    return section.append("</section>").toString();
  }

  private static String method(Results results) {
    long sent = results.cells().stream().mapToLong(cell -> cell.sent()).sum();
    return """
    <p>%s messages were sent in %s measurements. Service time runs from a message's actual
    send to its echo; response time from the moment at which the schedule meant it to be sent,
    so that a stall counts for every message that it held up. Percentiles are of all trials'
    messages together, and are left out where fewer than ten messages lie beyond them.</p>
    <p>Ratios are Hodges–Lehmann estimates over whole trials, their intervals Student's t of the
    log ratios. All intervals hold together with 95&nbsp;%%. A difference is claimed only where the
    interval excludes 1 and is narrow enough to say something.</p>
    """
        .formatted(Numbers.count(sent), Numbers.count((long) results.cells().size()));
  }
}
