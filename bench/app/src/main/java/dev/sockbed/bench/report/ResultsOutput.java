package dev.sockbed.bench.report;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.bench.output.WholeFiles;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.common.command.Browser;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.StandardOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where results go while and after they are measured; made by {@link OutputOptions#open}. No output
 * depends on another: one that can't be written is told in the end, when all others are. Not for
 * use by several threads at once.
 */
public final class ResultsOutput implements AutoCloseable {
  private final PrintWriter out;
  private final WholeFiles<Report> whole;
  private final boolean linesToOut;
  private final boolean open;
  private final List<LinesFile> lines = new ArrayList<>();
  private final Set<String> failures = new LinkedHashSet<>();
  private @Nullable Path page;
  private @Nullable OutputDirectory directory;

  ResultsOutput(PrintWriter out, WholeFiles<Report> whole, boolean linesToOut, boolean open) {
    this.out = out;
    this.whole = whole;
    this.linesToOut = linesToOut;
    this.open = open;
  }

  void addLines(TargetFile file) {
    lines.add(new LinesFile(file));
  }

  /** The page that is opened in the end, if that was asked for. */
  void page(Path file) {
    page = file;
  }

  void addDirectory(OutputDirectory directory) {
    this.directory = directory;
  }

  /** Whether the measurements go anywhere beside the table. */
  public boolean keepsMeasurements() {
    return !whole.isEmpty() || !lines.isEmpty();
  }

  /**
   * Writes a measurement that is done as a line of JSON, wherever that was asked for; it is there
   * when this returns. A file that takes no more is left out from then on, and told by {@link
   * #finish}.
   */
  public void cell(Cell cell) {
    if (!linesToOut && lines.isEmpty()) {
      return;
    }
    String line = ResultsFile.toJsonLine(cell) + "\n";
    if (linesToOut) {
      out.print(line);
      out.flush();
    }
    lines.forEach(file -> attempt(() -> file.add(line)));
  }

  /**
   * Writes all that was asked for. The table goes to standard output unless data goes there; and to
   * {@code errors} if data went there and not all could be written, so that what was measured is
   * seen in any case.
   *
   * @param columns the terminal's width
   * @param errors where it is said which files were written
   * @throws MissingException if a file could not be written, as on a full disk; all others are
   */
  public void finish(Report report, int columns, Colours colours, PrintWriter errors) {
    Results results = report.results();
    boolean tableShown = !whole.claimsOut();
    if (tableShown) {
      out.print(TerminalReport.render(results, columns, colours));
    }
    whole.print(report, out);
    boolean printed = !out.checkError() || StandardOutput.failure() == null;
    List<Path> written = new ArrayList<>(whole.write(report, failures));
    for (LinesFile file : lines) {
      if (attempt(() -> file.add(""))) {
        written.add(file.path());
      }
    }
    if (!printed || (!failures.isEmpty() && !tableShown)) {
      errors.print(TerminalReport.render(results, columns, Colours.OFF));
    }
    tell(written, errors);
    if (!failures.isEmpty()) {
      throw new MissingException(String.join("; ", failures));
    }
  }

  private boolean attempt(Runnable writing) {
    try {
      writing.run();
      return true;
    } catch (MissingException e) {
      failures.add(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void tell(List<Path> written, PrintWriter errors) {
    written.forEach(file -> errors.println("wrote " + file));
    if (directory != null && !directory.markLatest()) {
      errors.println("no link " + OutputDirectory.LATEST + " could be made there");
    }
    if (open && page != null && written.contains(page)) {
      open(page, errors);
    }
    errors.flush();
  }

  private static void open(Path page, PrintWriter errors) {
    if (!Browser.open(page.toString())) {
      errors.println("no browser could be started here: open " + page + " yourself");
    }
  }

  /** Closes the files of lines. */
  @Override
  public void close() throws IOException {
    for (LinesFile file : lines) {
      file.close();
    }
  }
}
