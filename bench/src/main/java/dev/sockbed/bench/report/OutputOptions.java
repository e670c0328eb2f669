package dev.sockbed.bench.report;

import dev.sockbed.common.command.UsageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where results go, the same for every command that measures. */
public final class OutputOptions {
  private static final String STANDARD_OUTPUT = "-";

  /** Where {@code --open} writes when no directory was named. */
  private static final Path DEFAULT_DIRECTORY = Path.of("results");

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "Write the results as JSON; - is standard output, instead of the table.")
  private @Nullable String json;

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
        "a page for the browser, and a log for HdrHistogram's tools."
      })
  private @Nullable Path directory;

  @Option(
      names = "--open",
      description = "Open the page in a browser (written to results/ without --out).")
  private boolean open;

  /**
   * Makes sure, before anything is measured, that all that was asked for can be written.
   *
   * @param job what the files are named after, as in {@code compare}
   * @param out the command's standard output
   * @throws UsageException if a file or the directory can't be written, or two outputs claim
   *     standard output
   */
  public ResultsOutput open(String job, PrintWriter out) {
    boolean jsonToOut = STANDARD_OUTPUT.equals(json);
    boolean linesToOut = STANDARD_OUTPUT.equals(lines);
    if (jsonToOut && linesToOut) {
      throw new UsageException("--json - and --ndjson - both claim standard output");
    }
    Path into = directory == null && open ? DEFAULT_DIRECTORY : directory;
    ResultsOutput output = new ResultsOutput(out, jsonToOut, linesToOut, open);
    if (json != null && !jsonToOut) {
      output.addJson(TargetFile.check("--json", Path.of(json)));
    }
    if (lines != null && !linesToOut) {
      output.addLines(TargetFile.check("--ndjson", Path.of(lines)));
    }
    if (into != null) {
      TargetFile.checkDirectory("--out", into);
      output.addJson(TargetFile.check("--out", into.resolve(job + ".json")));
      output.addLines(TargetFile.check("--out", into.resolve(job + ".ndjson")));
      output.addPage(TargetFile.check("--out", into.resolve(job + ".html")));
      output.addLog(TargetFile.check("--out", into.resolve(job + ".hlog")));
    }
    return output;
  }
}
