package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.WireEvent;
import dev.sockbed.bench.output.Colours;
import dev.sockbed.common.command.FoldedText;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A check's findings as text: a line for each case, and all about each that did not pass. */
public final class CheckTable {
  private static final int VERDICT_WIDTH = 13;
  private static final int NARROWEST = 40;
  private static final String INDENT = " ".repeat(VERDICT_WIDTH);

  private final int width;
  private final Colours colours;
  private final boolean logs;
  private final StringBuilder text = new StringBuilder();

  private CheckTable(int width, Colours colours, boolean logs) {
    this.width = Math.max(NARROWEST, width);
    this.colours = colours;
    this.logs = logs;
  }

  /**
   * Renders a report.
   *
   * @param width columns of the terminal; at least 40 are taken
   * @param logs whether to show the wire log of each case that has one
   * @return lines, each ended by a line feed
   */
  public static String render(CheckReport report, int width, Colours colours, boolean logs) {
    StringBuilder all = new StringBuilder();
    report.cases().forEach(each -> all.append(row(each, width, colours, logs)));
    return all.append(end(report, width, colours)).toString();
  }

  /** The lines of one case, which can be told as soon as it is done. */
  public static String row(CaseResult result, int width, Colours colours, boolean logs) {
    CheckTable table = new CheckTable(width, colours, logs);
    table.row(result);
    return table.text.toString();
  }

  /** What all of it comes to: the lines behind those of the cases. */
  public static String end(CheckReport report, int width, Colours colours) {
    CheckTable table = new CheckTable(width, colours, false);
    table.end(report);
    return table.text.toString();
  }

  private void row(CaseResult result) {
    if (result.runs() == 0) {
      return; // The end tells of all of these together.
    }
    CaseVerdict verdict = result.verdict();
    String label = padded(verdict.label());
    text.append(verdict == CaseVerdict.FAIL ? colours.bad(label) : label).append(result.id());
    if (result.runs() > 1) {
      text.append(" (%d of %d passed)".formatted(result.passed(), result.runs()));
    }
    text.append('\n');
    if (result.closing() != null && result.closing().verdict() != CaseVerdict.PASS) {
      wrapped("close: " + result.closing().how(), UnaryOperator.identity());
    }
    if (verdict != CaseVerdict.PASS) {
      wrapped(result.sentence(), colours::faint);
      labelled("", result.why(), UnaryOperator.identity());
      labelled("expected ", result.expected(), UnaryOperator.identity());
      labelled("received ", result.received(), UnaryOperator.identity());
      Hints.of(result).ifPresent(hint -> wrapped("hint: " + hint, colours::faint));
    }
    if (logs) {
      result.log().forEach(this::event);
    }
  }

  private void event(WireEvent event) {
    String bytes = event.hex() == null ? "" : " " + event.bytes() + ": " + event.hex();
    String line =
        "%9.3f ms  %s %s%s".formatted(event.atNs() / 1e6, event.who(), event.what(), bytes);
    wrapped(line, colours::faint);
  }

  private void labelled(String label, @Nullable String value, UnaryOperator<String> paint) {
    if (value != null) {
      wrapped(label + value, paint);
    }
  }

  private void end(CheckReport report) {
    text.append('\n');
    String counts =
        report.summary().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(CheckTable::count)
            .collect(Collectors.joining(", "));
    String cases = report.cases().size() == 1 ? "1 case: " : report.cases().size() + " cases: ";
    fold(report.subject().name(), "", colours::heading);
    plainly(cases + (counts.isEmpty() ? "none" : counts));
    int closings = report.badClosings();
    if (closings > 0) {
      plainly(
          closings == 1
              ? "1 connection did not end as it should: see close:"
              : "%d connections did not end as they should: see close:".formatted(closings));
    }
    if (report.explanation() != null) {
      plainly(report.explanation());
    }
  }

  private static String count(Map.Entry<String, Integer> entry) {
    return entry.getValue() + " " + entry.getKey().toLowerCase(Locale.ROOT);
  }

  private void plainly(String sentence) {
    fold(sentence, "  ", UnaryOperator.identity());
  }

  private void wrapped(String sentence, UnaryOperator<String> paint) {
    fold(sentence, INDENT, paint);
  }

  private void fold(String sentence, String indent, UnaryOperator<String> paint) {
    for (String line : FoldedText.lines(sentence, width - indent.length())) {
      text.append(indent).append(paint.apply(line)).append('\n');
    }
  }

  private static String padded(String label) {
    return label + " ".repeat(VERDICT_WIDTH - label.length());
  }
}
