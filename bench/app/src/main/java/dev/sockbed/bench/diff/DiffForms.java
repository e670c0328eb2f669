package dev.sockbed.bench.diff;

import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.output.Form;
import dev.sockbed.bench.output.FormOptions;
import dev.sockbed.bench.output.JUnitSuite;
import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.output.Table.Column;
import dev.sockbed.bench.output.Table.Kind;
import dev.sockbed.bench.output.Table.Value;
import dev.sockbed.bench.output.TableCsv;
import dev.sockbed.bench.output.TableMarkdown;
import dev.sockbed.bench.report.FlatTable;
import dev.sockbed.bench.report.Report;
import dev.sockbed.bench.report.RequirementCases;
import dev.sockbed.bench.result.ResultsFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of two sides and what was asked of the second, in each form.
 *
 * @param pairs what runs that are compared in pairs are
 * @param madeAt when it was made
 * @param limits what the second side had to reach
 * @param strict whether what can't be told is a failure
 */
record DiffForms(
    DiffReport report,
    DiffReport.Pairs pairs,
    Instant madeAt,
    List<Requirement> limits,
    boolean strict) {
  static final FormOptions.Forms<DiffForms> ALL =
      new FormOptions.Forms<>(
          Form.text(forms -> ResultsFile.json(forms.report)),
          Form.text(forms ->
              TableCsv.render(
                  FlatTable.of(DiffReport.Line.class, forms.report.comparisons(), Set.of()))),
          Form.text(DiffForms::markdown),
          Form.text(forms -> forms.suite().render()));

  private static final int CHANGE = 15;
  private static final int RATIO = 8;
  private static final int INTERVAL = 18;

  /** The comparisons, the worst first. */
  static Table table(DiffReport report) {
    return new Table(
        List.of(
            new Column("", Kind.NAME, CHANGE),
            new Column("b / a", Kind.NUMBER, RATIO),
            new Column("interval", Kind.NUMBER, INTERVAL),
            new Column("what", Kind.WORDS, 0)),
        report.comparisons().stream().map(DiffForms::row).toList());
  }

  private static Table.Row row(DiffReport.Line line) {
    Value change = Value.of(line.change());
    boolean bad = isBad(line);
    String why = line.why().isEmpty() ? "" : ": " + String.join("; ", line.why());
    return new Table.Row(
        List.of(
            bad ? Value.bad(line.change()) : change,
            Value.of(line.difference() == null ? ratio(line.ratio()) : percent(line.difference())),
            Value.of(interval(line)),
            Value.of(line.point() + " " + line.measure() + why)),
        false);
  }

  private static boolean isBad(DiffReport.Line line) {
    return Arrays.stream(Change.values())
        .anyMatch(change -> change.bad() && change.label().equals(line.change()));
  }

  private String markdown() {
    List<String> blocks = new ArrayList<>();
    blocks.add("### " + TableMarkdown.escape(report.verdict()));
    Report.missed(limits).forEach(each -> blocks.add("FAIL: " + TableMarkdown.escape(each)));
    blocks.add("a: " + TableMarkdown.escape(report.a()));
    blocks.add("b: " + TableMarkdown.escape(report.b()));
    if (!report.comparisons().isEmpty()) {
      blocks.add(TableMarkdown.render(table(report)).stripTrailing());
    }
    report.notes(pairs).forEach(note -> blocks.add(TableMarkdown.escape(note)));
    return String.join("\n\n", blocks) + "\n";
  }

  private JUnitSuite suite() {
    return new JUnitSuite(
        "sockbed diff: " + report.a() + " / " + report.b(),
        madeAt,
        Stream.concat(
                report.comparisons().stream()
                    .filter(line -> !line.change().equals(Change.CONTROL.label()))
                    .map(this::testCase),
                RequirementCases.of("diff", limits).stream())
            .toList(),
        report.verdict());
  }

  private JUnitSuite.Case testCase(DiffReport.Line line) {
    String told =
        Stream.of(
                line.change(),
                "b / a " + (line.ratio() == null ? "-" : ratio(line.ratio())),
                interval(line).isEmpty() ? "" : "interval " + interval(line),
                String.join("; ", line.why()))
            .filter(part -> !part.isEmpty())
            .reduce((one, other) -> one + ", " + other)
            .orElseThrow();
    boolean open = line.change().equals(Change.CANT_TELL.label());
    JUnitSuite.Result result = new JUnitSuite.Passed();
    if (isBad(line) || (open && strict)) {
      result = new JUnitSuite.Failed(line.change(), told, told);
    } else if (open) {
      result = new JUnitSuite.Skipped(told);
    }
    return new JUnitSuite.Case("sockbed.diff", line.point() + " " + line.measure(), 0, result);
  }

  private static String interval(DiffReport.Line line) {
    if (line.difference() != null) {
      return line.differenceLow() == null
          ? ""
          : percent(line.differenceLow()) + " to " + percent(line.differenceHigh());
    }
    return line.low() == null ? "" : ratio(line.low()) + " to " + ratio(line.high());
  }

  private static String ratio(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A difference of shares with its sign, in percent of all messages. */
  private static String percent(@Nullable Double difference) {
    return difference == null || difference == 0
        ? "0 %"
        : String.format(Locale.ROOT, "%+.2f %%", 100 * difference);
  }
}
