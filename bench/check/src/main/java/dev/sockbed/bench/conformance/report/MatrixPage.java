package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.output.Html;
import dev.sockbed.bench.result.Numbers;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Many implementations side by side, as a page that needs nothing else and runs no script: first
 * what each of them comes to and which MUST it does not keep, then a row for each case.
 */
final class MatrixPage {
  private static final String STYLE = Html.resource(MatrixPage.class, "matrix.css");

  /** More failed cases than these are behind a click: a summary is to be short. */
  private static final int FAILURES_SHOWN = 5;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StringBuilder html = new StringBuilder();

  private MatrixPage() {}

  /**
   * Renders reports.
   *
   * @param rows by case, then by report; null where a report did not run the case
   */
  static String render(List<CheckReport> reports, Map<String, List<@Nullable CaseResult>> rows) {
    String policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
            + Html.policyHash(STYLE);
    return Html.fill(
        Html.resource(MatrixPage.class, "matrix.html"),
        Map.of(
            "policy", policy,
            "style", STYLE,
            "verdict", Html.escape(verdict(reports, rows.size())),
            "subjects", subjects(reports),
            "head", head(reports),
            "body", body(rows)));
  }

  private static String verdict(List<CheckReport> reports, int cases) {
    long failing = reports.stream().filter(CheckReport::isBad).count();
    String what =
        "%s, %s: "
            .formatted(
                Numbers.counted(reports.size(), "implementation", "implementations"),
                Numbers.counted(cases, "case", "cases"));
    if (failing == 0) {
      return what + "no MUST failed.";
    }
    return what
        + (reports.size() == 1 ? "it" : failing + " of them")
        + (failing == 1 ? " does" : " do")
        + " not keep every MUST.";
  }

  private static String subjects(List<CheckReport> reports) {
    MatrixPage page = new MatrixPage();
    for (int column = 0; column < reports.size(); column++) {
      page.subject(Matrix.letter(column), reports.get(column));
    }
    return page.html.toString();
  }

  private void subject(String letter, CheckReport report) {
    CheckReport.Subject subject = report.subject();
    html.append("<section><h2><b>").append(letter).append("</b> ");
    html.append(Html.escape(subject.name())).append("</h2>\n<p class=\"counts\">");
    for (CaseVerdict verdict : CaseVerdict.values()) {
      int count = report.count(verdict);
      if (count > 0) {
        html.append("<span class=\"").append(kind(verdict)).append("\">");
        html.append(count).append(' ').append(word(verdict)).append("</span> ");
      }
    }
    html.append("</p>\n");
    paragraph(
        "facts",
        "%s at %s, %s"
            .formatted(subject.role(), subject.address(), MINUTE.format(report.startedAt())));
    if (report.explanation() != null) {
      paragraph("explanation", report.explanation());
    }
    failures(
        report.cases().stream().filter(result -> result.verdict() == CaseVerdict.FAIL).toList());
    html.append("</section>\n");
  }

  private void failures(List<CaseResult> failed) {
    int shown = Math.min(failed.size(), FAILURES_SHOWN);
    list(failed.subList(0, shown));
    if (shown < failed.size()) {
      html.append("<details><summary>and ").append(failed.size() - shown);
      html.append(" more</summary>\n");
      list(failed.subList(shown, failed.size()));
      html.append("</details>\n");
    }
  }

  private void list(List<CaseResult> failed) {
    if (failed.isEmpty()) {
      return;
    }
    html.append("<ul>\n");
    for (CaseResult result : failed) {
      html.append("<li><a href=\"#").append(Html.escape(result.id())).append("\">");
      html.append(breakable(result.id())).append("</a> ");
      html.append(Html.escape(Objects.requireNonNullElse(result.why(), ""))).append("</li>\n");
    }
    html.append("</ul>\n");
  }

  private static String head(List<CheckReport> reports) {
    StringBuilder head = new StringBuilder("<th scope=\"col\">case</th>");
    for (int column = 0; column < reports.size(); column++) {
      String name = Html.escape(reports.get(column).subject().name());
      head.append("<th scope=\"col\" class=\"subject\" title=\"").append(name).append("\"><b>");
      head.append(Matrix.letter(column)).append("</b> <span>").append(name);
      head.append("</span></th>");
    }
    return head.toString();
  }

  private static String body(Map<String, List<@Nullable CaseResult>> rows) {
    MatrixPage page = new MatrixPage();
    rows.forEach(page::row);
    return page.html.toString();
  }

  private void row(String id, List<@Nullable CaseResult> row) {
    html.append("<tr id=\"").append(Html.escape(id)).append('"');
    if (row.stream().allMatch(MatrixPage::isClean)) {
      html.append(" class=\"clean\"");
    }
    html.append("><th scope=\"row\"><details><summary>").append(breakable(id));
    CaseResult any = row.stream().filter(Objects::nonNull).findFirst().orElse(null);
    if (any != null) {
      html.append(" <small>").append(any.level()).append("</small>");
    }
    html.append("</summary>");
    if (any != null) {
      paragraph("title", any.title());
      paragraph("sentence", any.sentence());
    }
    html.append("</details></th>");
    row.forEach(this::cell);
    html.append("</tr>\n");
  }

  private static boolean isClean(@Nullable CaseResult result) {
    return result == null
        || ((result.verdict() == CaseVerdict.PASS || result.verdict() == CaseVerdict.SKIPPED)
            && badClosing(result) == null);
  }

  private static @Nullable Closing badClosing(CaseResult result) {
    Closing closing = result.closing();
    return closing == null || closing.verdict() == CaseVerdict.PASS ? null : closing;
  }

  private void cell(@Nullable CaseResult result) {
    if (result == null) {
      html.append("<td></td>");
      return;
    }
    html.append("<td class=\"").append(kind(result.verdict())).append("\">");
    if (result.verdict() == CaseVerdict.PASS) {
      html.append(word(result.verdict()));
    } else {
      html.append("<details><summary>").append(word(result.verdict())).append("</summary>");
      detail("", result.why());
      detail("expected ", result.expected());
      detail("received ", result.received());
      Hints.of(result).ifPresent(hint -> detail("hint: ", hint));
      html.append("</details>");
    }
    Closing closing = badClosing(result);
    if (closing != null) {
      html.append("<small>close: ").append(Html.escape(closing.how())).append("</small>");
    }
    html.append("</td>");
  }

  private void detail(String label, @Nullable String value) {
    if (value != null) {
      paragraph("seen", label + value);
    }
  }

  private void paragraph(String kind, String text) {
    html.append("<p class=\"").append(kind).append("\">").append(Html.escape(text)).append("</p>");
  }

  /** An ID that may be broken into lines at its slashes. */
  private static String breakable(String id) {
    return Html.escape(id).replace("/", "/<wbr>");
  }

  private static String kind(CaseVerdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String word(CaseVerdict verdict) {
    return verdict.label().toLowerCase(Locale.ROOT);
  }
}
