package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.report.CheckFile;
import dev.sockbed.bench.conformance.report.CheckSuite;
import dev.sockbed.bench.conformance.report.CheckTable;
import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a check's findings go. */
final class ReportOptions {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "Write the findings as JSON; - is standard output, instead of the table.")
  private @Nullable String json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the findings as a build server reads them.")
  private @Nullable Path junit;

  @Option(
      names = "--wire-log",
      description = "Show and keep what happened on the wire for cases that passed, too.")
  private boolean wireLog;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  private @Nullable TargetFile jsonFile;
  private @Nullable TargetFile junitFile;

  /** Makes sure, before anything is run, that all that was asked for can be written. */
  void check() throws IOException {
    jsonFile =
        json == null || json.equals(STANDARD_OUTPUT)
            ? null
            : TargetFile.check("--json", Path.of(json));
    junitFile = junit == null ? null : TargetFile.check("--junit", junit);
    if (jsonFile != null && junit != null && jsonFile.replaces(junit)) {
      throw new UsageException("--json and --junit name the same file; name two");
    }
  }

  boolean wireLog() {
    return wireLog;
  }

  /** Whether to say on standard error what is done. */
  boolean quiet() {
    return quiet;
  }

  /**
   * Tells of each case as it is done: all about it on standard output, unless that is to be JSON,
   * and how many are done on a terminal.
   *
   * @param cases how many there are
   */
  Consumer<CaseResult> progress(StatusLine status, int cases, PrintWriter out) {
    AtomicInteger done = new AtomicInteger();
    return result -> {
      if (!STANDARD_OUTPUT.equals(json)) {
        status.wipe();
        out.print(CheckTable.row(result, columns(), Colours.ofThisProcess(), wireLog));
        out.flush();
      }
      status.show(
          "%d of %d: %s %s"
              .formatted(done.incrementAndGet(), cases, result.verdict().label(), result.id()));
    };
  }

  private static int columns() {
    return Terminal.OUTPUT.textColumns();
  }

  /**
   * Writes all that was asked for, each whether or not the others could be written.
   *
   * @throws MissingException if a file could not be written
   * @return the exit status: whether a MUST was not kept
   */
  int finish(CheckReport report, PrintWriter out) throws IOException {
    if (STANDARD_OUTPUT.equals(json)) {
      out.print(CheckFile.toJson(report));
    } else {
      out.print(CheckTable.end(report, columns(), Colours.ofThisProcess()));
    }
    out.flush();
    List<String> failures = new ArrayList<>();
    write(jsonFile, () -> CheckFile.toJson(report), failures);
    write(junitFile, () -> CheckSuite.of(report).render(), failures);
    if (!failures.isEmpty()) {
      throw new MissingException(String.join("; ", failures));
    }
    return report.isBad() ? ExitStatus.BAD_ANSWER : ExitStatus.OK;
  }

  /** The text is made only if it is wanted: what makes JSON takes half a second to load. */
  private static void write(
      @Nullable TargetFile file, Supplier<String> text, List<String> failures) {
    if (file == null) {
      return;
    }
    byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
    try {
      file.write(stream -> stream.write(bytes));
    } catch (MissingException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
  }
}
