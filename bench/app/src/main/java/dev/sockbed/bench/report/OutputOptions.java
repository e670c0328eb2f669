package dev.sockbed.bench.report;

import dev.sockbed.bench.output.FormOptions;
import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.bench.output.WholeFiles;
import dev.sockbed.common.command.UsageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say where results go, the same for every command that measures. */
public final class OutputOptions {
  private static final String STANDARD_OUTPUT = "-";

  /** Where {@code --open} writes when no directory was named. */
  private static final Path DEFAULT_DIRECTORY = Path.of("results");

  @Mixin private FormOptions forms;

  @Option(
      names = "--ndjson",
      paramLabel = "FILE|-",
      description = "Write each measurement as a line of JSON as soon as it is done.")
  private @Nullable String lines;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Write everything there: JSON, the measurements as lines of JSON,",
        "a page for the browser, and a log for HdrHistogram's tools.",
        "If it holds a run's results already, into DIR/DATE-TIME, to which",
        "DIR/latest then leads."
      })
  private @Nullable Path directory;

  @Option(
      names = "--open",
      description = "Open the page in a browser (written to results/ without --out).")
  private boolean open;

  /** In which forms findings are written once they are complete. */
  public FormOptions forms() {
    return forms;
  }

  /**
   * Makes sure, before anything is measured, that all that was asked for can be written.
   *
   * @param job what the files are named after, as in {@code compare}
   * @param out the command's standard output
   * @throws UsageException if a file or the directory can't be written, or two outputs claim
   *     standard output
   */
  public ResultsOutput open(String job, PrintWriter out) {
    WholeFiles<Report> whole = forms.open(ReportForms.ALL);
    boolean linesToOut = STANDARD_OUTPUT.equals(lines);
    if (linesToOut) {
      whole.claimOut("--ndjson");
    }
    if (directory != null && STANDARD_OUTPUT.equals(directory.toString())) {
      throw new UsageException(
          "--out names a directory, and - is standard output: write --json - for JSON there, or"
              + " --out ./- for a directory of that name");
    }
    Path into = directory == null && open ? DEFAULT_DIRECTORY : directory;
    ResultsOutput output = new ResultsOutput(out, whole, linesToOut, open);
    if (lines != null && !linesToOut) {
      output.addLines(TargetFile.checkInPlace("--ndjson", Path.of(lines)));
    }
    if (into != null) {
      addAll(output, whole, job, into);
    }
    return output;
  }

  private static void addAll(
      ResultsOutput output, WholeFiles<Report> whole, String job, Path into) {
    String json = job + ".json";
    String lines = job + ".ndjson";
    String page = job + ".html";
    String log = job + ".hlog";
    OutputDirectory directory =
        OutputDirectory.check("--out", into, List.of(json, lines, page, log));
    output.addDirectory(directory);
    whole.add("--out", TargetFile.check("--out", directory.resolve(json)), ReportForms.JSON);
    output.addLines(TargetFile.checkInPlace("--out", directory.resolve(lines)));
    TargetFile pageFile = TargetFile.check("--out", directory.resolve(page));
    whole.add("--out", pageFile, ReportForms.PAGE);
    output.page(pageFile.path());
    whole.add("--out", TargetFile.check("--out", directory.resolve(log)), ReportForms.LOG);
  }
}
