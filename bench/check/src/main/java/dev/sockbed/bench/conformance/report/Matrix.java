package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Closing;
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
  private static final String GAP = "  ";
  private static final char NO_BREAK = '\u00a0';

  /** The marks, each on one line with its meaning. */
  private static final String LEGEND =
      Stream.of(
              ". pass",
              "c pass, but badly closed",
              "n non-strict",
              "F fail",
              "? inconclusive",
              "s skipped")
          .map(mark -> mark.replace(' ', NO_BREAK))
          .collect(Collectors.joining(NO_BREAK + " "));

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
   * The matrix as lines: a letter for each report, and what the letters stand for. Reports that
   * don't fit beside each other come in blocks, each with all cases.
   *
   * @param width columns of the terminal
   */
  public String text(int width) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < reports.size(); column++) {
      CheckReport report = reports.get(column);
      String counts = counts(report).isEmpty() ? "no case" : counts(report);
      fold(
          text,
          padded(letter(column), INDENT.length()),
          report.subject().name() + ": " + counts,
          width);
      if (report.explanation() != null) {
        fold(text, INDENT, report.explanation(), width);
      }
    }
    text.append('\n');
    FoldedText.lines(LEGEND, width)
        .forEach(line -> text.append(line.replace(NO_BREAK, ' ').stripTrailing()).append('\n'));
    int longestId = rows.keySet().stream().mapToInt(id -> escaped(id).length()).max().orElse(0);
    int cell = letter(reports.size() - 1).length() + 1;
    int beside = Math.max(1, (width - longestId - GAP.length()) / cell);
    for (int first = 0; first < reports.size(); first += beside) {
      block(text, first, Math.min(first + beside, reports.size()), cell);
    }
    return text.toString();
  }

  /** The marks of some of the reports. */
  private void block(StringBuilder text, int first, int end, int cell) {
    StringBuilder head = new StringBuilder();
    for (int column = first; column < end; column++) {
      head.append(padded(letter(column), cell));
    }
    text.append('\n').append(head.toString().stripTrailing()).append('\n');
    rows.forEach((id, row) -> {
      row.subList(first, end)
          .forEach(result -> text.append(padded(String.valueOf(mark(result)), cell)));
      text.append(GAP).append(escaped(id)).append('\n');
    });
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
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

  /** What a report is called in the matrix: A to Z, then AA, AB and so on. */
  static String letter(int column) {
    int letters = 'Z' - 'A' + 1;
    String last = String.valueOf((char) ('A' + column % letters));
    return column < letters ? last : letter(column / letters - 1) + last;
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
    return closing != null && closing.verdict() == CaseVerdict.FAIL;
  }

  private static String counts(CheckReport report) {
    return Stream.of(CaseVerdict.values())
        .filter(verdict -> report.count(verdict) > 0)
        .map(verdict -> report.count(verdict) + " " + verdict.label().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /** The matrix as an HTML page. */
  public String page() {
    return MatrixPage.render(reports, rows);
  }
}
