package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.common.command.EscapedText;
import dev.sockbed.common.command.FoldedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many implementations side by side: a row for each case, a column for each report. As text, and as
 * a page that needs nothing else and runs no script.
 */
public final class Matrix {
  private static final String INDENT = "   ";

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

  /**
   * The matrix as lines: a letter for each report, and what the letters stand for.
   *
   * @param width columns of the terminal; rows are longer if there are many reports
   */
  public String text(int width) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < reports.size(); column++) {
      CheckReport report = reports.get(column);
      String counts = counts(report).isEmpty() ? "no case" : counts(report);
      fold(text, letter(column) + "  ", report.subject().name() + ": " + counts, width);
      if (report.explanation() != null) {
        fold(text, INDENT, report.explanation(), width);
      }
    }
    text.append(
        """

        . pass  c pass, but badly closed  n non-strict  F fail  ? inconclusive
        s skipped

        """);
    for (int column = 0; column < reports.size(); column++) {
      text.append(letter(column)).append(' ');
    }
    text.append('\n');
    rows.forEach((id, row) -> {
      row.forEach(result -> text.append(mark(result)).append(' '));
      text.append("  ").append(escaped(id)).append('\n');
    });
    return text.toString();
  }

  private static void fold(StringBuilder text, String label, String told, int width) {
    String before = label;
    for (String line : FoldedText.lines(escaped(told), width - label.length())) {
      text.append(before).append(line).append('\n');
      before = INDENT;
    }
  }

  /** A file may come from anywhere, and a terminal would obey what it says. */
  private static String escaped(String text) {
    return EscapedText.of(text.getBytes(StandardCharsets.UTF_8)).replace("\n", "\\n");
  }

  /** What a report is called in the matrix. */
  static String letter(int column) {
    int letters = 'Z' - 'A' + 1;
    return String.valueOf((char) ('A' + column % letters));
  }

  private static char mark(@Nullable CaseResult result) {
    if (result == null) {
      return ' ';
    }
    return switch (result.verdict()) {
      case PASS -> hasBadClosing(result) ? 'c' : '.';
      case NON_STRICT -> 'n';
      case FAIL -> 'F';
      case INCONCLUSIVE -> '?';
      case SKIPPED -> 's';
    };
  }

  private static boolean hasBadClosing(CaseResult result) {
    Closing closing = result.closing();
    return closing != null && closing.verdict() == Verdict.FAIL;
  }

  private static String counts(CheckReport report) {
    return Stream.of(Verdict.values())
        .filter(verdict -> report.count(verdict) > 0)
        .map(verdict -> report.count(verdict) + " " + verdict.label().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** The matrix as an HTML page. */
  public String page() {
    return MatrixPage.render(reports, rows);
  }
}
