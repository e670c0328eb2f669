package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.bench.report.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many implementations side by side: a row for each case, a column for each report. As text, and as
 * a page that needs nothing else and runs no script.
 */
public final class Matrix {
  private static final String STYLE = Html.resource(Matrix.class, "matrix.css");

  private final List<CheckReport> reports;

  /** By case, then by column; a report that did not run the case has none. */
  private final Map<String, List<@Nullable CaseResult>> rows = new LinkedHashMap<>();

  /** Sets reports side by side, in that order. */
  public Matrix(List<CheckReport> reports) {
    this.reports = List.copyOf(reports);
    for (int column = 0; column < reports.size(); column++) {
      for (CaseResult result : reports.get(column).cases()) {
        rows.computeIfAbsent(result.id(), _ -> emptyRow()).set(column, result);
      }
    }
  }

  private List<@Nullable CaseResult> emptyRow() {
    List<@Nullable CaseResult> row = new ArrayList<>();
    reports.forEach(_ -> row.add(null));
    return row;
  }

  /** The matrix as lines: a letter for each report, and what the letters stand for. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < reports.size(); column++) {
      text.append(letter(column)).append("  ").append(reports.get(column).subject().name());
      text.append(": ").append(counts(reports.get(column))).append('\n');
    }
    text.append('\n');
    for (int column = 0; column < reports.size(); column++) {
      text.append(letter(column)).append(' ');
    }
    text.append("  . pass  n non-strict  F fail  ? inconclusive  s skipped\n");
    rows.forEach((id, row) -> {
      row.forEach(result -> text.append(mark(result)).append(' '));
      text.append("  ").append(id).append('\n');
    });
    return text.toString();
  }

  private static String letter(int column) {
    int letters = 'Z' - 'A' + 1;
    return String.valueOf((char) ('A' + column % letters));
  }

  private static char mark(@Nullable CaseResult result) {
    if (result == null) {
      return ' ';
    }
    return switch (result.verdict()) {
      case PASS -> '.';
      case NON_STRICT -> 'n';
      case FAIL -> 'F';
      case INCONCLUSIVE -> '?';
      case SKIPPED -> 's';
    };
  }

  private static String counts(CheckReport report) {
    return report.summary().entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getValue() + " " + entry.getKey().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** The matrix as an HTML page. */
  public String page() {
    StringBuilder head = new StringBuilder("<th>case</th>");
    for (CheckReport report : reports) {
      head.append("<th class=\"subject\">")
          .append(Html.escape(report.subject().name()))
          .append("<small>")
          .append(Html.escape(counts(report)))
          .append("</small></th>");
    }
    StringBuilder body = new StringBuilder();
    for (Map.Entry<String, List<@Nullable CaseResult>> row : rows.entrySet()) {
      row(row.getKey(), row.getValue(), body);
    }
    String policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
            + Html.policyHash(STYLE);
    return Html.fill(
        Html.resource(Matrix.class, "matrix.html"),
        Map.of("policy", policy, "style", STYLE, "head", head.toString(), "body", body.toString()));
  }

  private static void row(String id, List<@Nullable CaseResult> row, StringBuilder body) {
    CaseResult any = row.stream().filter(Objects::nonNull).findFirst().orElse(null);
    String sentence = any == null ? "" : any.sentence();
    body.append("<tr><th><details><summary>")
        .append(Html.escape(id))
        .append("</summary><p>")
        .append(Html.escape(sentence))
        .append("</p></details></th>");
    row.forEach(result -> cell(result, body));
    body.append("</tr>\n");
  }

  private static void cell(@Nullable CaseResult result, StringBuilder body) {
    if (result == null) {
      body.append("<td></td>");
      return;
    }
    String kind = result.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
    body.append("<td class=\"").append(kind).append("\">");
    if (result.verdict() == Verdict.PASS) {
      body.append("pass</td>");
      return;
    }
    body.append("<details><summary>")
        .append(Html.escape(result.verdict().label().toLowerCase(Locale.ROOT)))
        .append("</summary>");
    detail("", result.why(), body);
    detail("expected ", result.expected(), body);
    detail("received ", result.received(), body);
    body.append("</details></td>");
  }

  private static void detail(String label, @Nullable String value, StringBuilder body) {
    if (value != null) {
      body.append("<p>").append(Html.escape(label + value)).append("</p>");
    }
  }
}
