package dev.sockbed.bench.output;

import dev.sockbed.common.command.UsageException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say in which forms findings are written, the same for every command. */
public final class FormOptions {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "Write the findings as JSON; - is standard output, instead of the table.")
  private @Nullable String json;

  @Option(
      names = "--csv",
      paramLabel = "FILE|-",
      description =
          "Write the numbers as comma-separated values, named as in JSON; - is standard output.")
  private @Nullable String csv;

  @Option(
      names = "--markdown",
      paramLabel = "FILE|-",
      description =
          "Write the answer and the tables for a build's summary page; - is standard output.")
  private @Nullable String markdown;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the findings as a build server reads them.")
  private @Nullable Path junit;

  /**
   * How findings are written in each of these forms.
   *
   * @param <R> the findings
   */
  public record Forms<R>(Form<R> json, Form<R> csv, Form<R> markdown, Form<R> junit) {}

  /** Whether test cases are asked for. */
  public boolean wantsJUnit() {
    return junit != null;
  }

  /**
   * Makes sure, before anything is done, that all that was asked for can be written.
   *
   * @throws UsageException if a file can't be written, or two outputs claim the same file or
   *     standard output
   */
  public <R> WholeFiles<R> open(Forms<R> forms) {
    WholeFiles<R> files = new WholeFiles<>();
    add(files, "--json", json, forms.json());
    add(files, "--csv", csv, forms.csv());
    add(files, "--markdown", markdown, forms.markdown());
    if (junit != null) {
      files.add("--junit", TargetFile.check("--junit", junit), forms.junit());
    }
    return files;
  }

  private static <R> void add(
      WholeFiles<R> files, String flag, @Nullable String where, Form<R> form) {
    if (STANDARD_OUTPUT.equals(where)) {
      files.print(flag, form);
    } else if (where != null) {
      files.add(flag, TargetFile.check(flag, Path.of(where)), form);
    }
  }
}
