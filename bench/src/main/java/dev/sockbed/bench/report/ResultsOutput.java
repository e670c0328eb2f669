package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.common.command.Browser;
import dev.sockbed.common.command.MissingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where results go while and after they are measured; made by {@link OutputOptions#open}. Not for
 * use by several threads at once.
 */
public final class ResultsOutput implements AutoCloseable {
  private final PrintWriter out;
  private final boolean jsonToOut;
  private final boolean linesToOut;
  private final boolean open;
  private final List<TargetFile> json = new ArrayList<>();
  private final List<TargetFile> lines = new ArrayList<>();
  private final List<OutputStream> lineStreams = new ArrayList<>();
  private @Nullable TargetFile page;
  private @Nullable TargetFile log;

  ResultsOutput(PrintWriter out, boolean jsonToOut, boolean linesToOut, boolean open) {
    this.out = out;
    this.jsonToOut = jsonToOut;
    this.linesToOut = linesToOut;
    this.open = open;
  }

  void addJson(TargetFile file) {
    json.add(file);
  }

  void addLines(TargetFile file) {
    lines.add(file);
  }

  void addPage(TargetFile file) {
    page = file;
  }

  void addLog(TargetFile file) {
    log = file;
  }

  /**
   * Writes a measurement that is done as a line of JSON, wherever that was asked for; it is there
   * when this returns.
   *
   * @throws MissingException if a file can no longer be written
   * @throws IOException if one can't be opened
   */
  public void cell(Cell cell) throws IOException {
    if (!linesToOut && lines.isEmpty()) {
      return;
    }
    String line = ResultsFile.toJsonLine(cell) + "\n";
    if (linesToOut) {
      out.print(line);
      out.flush();
    }
    openLines();
    for (int i = 0; i < lineStreams.size(); i++) {
      try {
        lineStreams.get(i).write(line.getBytes(StandardCharsets.UTF_8));
        lineStreams.get(i).flush();
      } catch (IOException e) {
        throw lines.get(i).unwritable(e);
      }
    }
  }

  /** What was in the files before is kept until there is something new. */
  private void openLines() throws IOException {
    if (lineStreams.isEmpty()) {
      for (TargetFile file : lines) {
        lineStreams.add(file.stream());
      }
    }
  }

  /**
   * Writes all that was asked for. The table goes to standard output unless JSON goes there.
   *
   * @param columns the terminal's width
   * @param errors where it is said which files were written
   * @throws MissingException if a file can no longer be written
   * @throws IOException if one can't be opened
   */
  public void finish(Results results, int columns, Colours colours, PrintWriter errors)
      throws IOException {
    if (jsonToOut) {
      out.print(ResultsFile.toJson(results));
    } else if (!linesToOut) {
      out.print(TerminalReport.render(results, columns, colours));
    }
    out.flush();
    List<Path> written = new ArrayList<>();
    for (TargetFile file : json) {
      file.write(stream -> ResultsFile.write(results, stream));
      written.add(file.path());
    }
    if (log != null) {
      log.write(stream -> HistogramLog.write(results, stream));
      written.add(log.path());
    }
    if (page != null) {
      page.write(
          stream -> stream.write(HtmlReport.render(results).getBytes(StandardCharsets.UTF_8)));
      written.add(page.path());
    }
    openLines();
    lines.forEach(file -> written.add(file.path()));
    tell(written, errors);
  }

  private void tell(List<Path> written, PrintWriter errors) {
    written.forEach(file -> errors.println("wrote " + file));
    if (open && page != null && !Browser.open(page.path().toString())) {
      errors.println("no browser could be started here: open " + page.path() + " yourself");
    }
    errors.flush();
  }

  /** Closes the files of lines. */
  @Override
  public void close() throws IOException {
    for (OutputStream stream : lineStreams) {
      stream.close();
    }
  }
}
