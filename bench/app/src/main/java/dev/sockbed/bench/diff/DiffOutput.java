package dev.sockbed.bench.diff;

import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.output.FormOptions;
import dev.sockbed.bench.output.WholeFiles;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.Terminal;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a comparison goes: to standard output as a table or in another form, and into files. */
public final class DiffOutput {
  /** Columns in which everything stands on one line. */
  private static final int UNBROKEN = 1 << 20;

  private final PrintWriter out;
  private final WholeFiles<DiffForms> files;

  private DiffOutput(PrintWriter out, WholeFiles<DiffForms> files) {
    this.out = out;
    this.files = files;
  }

  /**
   * Makes sure that the files can be written.
   *
   * @param out the command's standard output
   * @throws dev.sockbed.common.command.UsageException if one can't be written
   */
  public static DiffOutput open(FormOptions forms, PrintWriter out) {
    return new DiffOutput(out, forms.open(DiffForms.ALL));
  }

  /**
   * Writes a comparison, into each file whether or not the others can be written.
   *
   * @param strict whether what can't be told is a failure
   * @param limits what the second side had to reach
   * @throws MissingException if a file can't be written
   */
  public void write(
      DiffReport report, DiffReport.Pairs pairs, boolean strict, List<Requirement> limits) {
    DiffForms forms = new DiffForms(report, pairs, Instant.now(), limits, strict);
    if (!files.claimsOut()) {
      out.print(report.text(pairs, columns(), Colours.ofThisProcess()));
    }
    files.print(forms, out);
    List<String> failures = new ArrayList<>();
    files.write(forms, failures);
    if (!failures.isEmpty()) {
      throw new MissingException(String.join("; ", failures));
    }
  }

  /** Who reads lines from a pipe wants a whole comparison in each. */
  private static int columns() {
    return Terminal.OUTPUT.isTerminal() ? Terminal.OUTPUT.textColumns() : UNBROKEN;
  }
}
