package dev.sockbed.bench.diff;

import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.bench.result.ResultsFile;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a comparison goes: as a table or as JSON to standard output, and into a file. */
public final class DiffOutput {
  private final PrintWriter out;
  private final boolean jsonToOut;
  private final @Nullable TargetFile file;

  private DiffOutput(PrintWriter out, boolean jsonToOut, @Nullable TargetFile file) {
    this.out = out;
    this.jsonToOut = jsonToOut;
    this.file = file;
  }

  /**
   * Makes sure that the file can be written.
   *
   * @param json the file's name, {@code -} for standard output instead of the table, or null
   * @param out the command's standard output
   * @throws dev.sockbed.common.command.UsageException if the file can't be written
   */
  public static DiffOutput open(@Nullable String json, PrintWriter out) {
    boolean jsonToOut = "-".equals(json);
    return new DiffOutput(
        out,
        jsonToOut,
        json == null || jsonToOut ? null : TargetFile.check("--json", Path.of(json)));
  }

  /**
   * Writes a comparison.
   *
   * @param text it as a table
   */
  public void write(DiffReport report, String text) {
    String json = ResultsFile.json(report);
    out.print(jsonToOut ? json : text);
    out.flush();
    if (file != null) {
      file.write(stream -> stream.write(json.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
