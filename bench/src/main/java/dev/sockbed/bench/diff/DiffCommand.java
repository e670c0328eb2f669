package dev.sockbed.bench.diff;

import dev.sockbed.bench.report.TargetFile;
import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: did it change? */
@Command(
    name = "diff",
    description = "Says whether a second run is slower than a first, and by how much.",
    footer = {
      "",
      "A slow-down counts when its whole 95 %% interval lies beyond the tolerance and it",
      "stands out among all comparisons made (Holm's correction). Exit status 1 if one does.",
      "",
      "Examples:",
      "  ./sockbed compare --json before.json",
      "  ./sockbed compare --json after.json",
      "  ./sockbed diff before.json after.json",
      "  ./sockbed diff before.json after.json --tolerance 10%% --json -"
    })
public final class DiffCommand implements Callable<Integer> {
  /** Of the resampling: the same two files always give the same answer. */
  private static final long SEED = 1;

  /** More than this many differing conditions are not all spelled out. */
  private static final int SPELLED_OUT = 5;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A.json", description = "The first run.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B.json", description = "The second run.")
  private Path second;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "5%",
      converter = Values.Percent.class,
      description = "A slow-down that does not matter (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--force",
      description = "Compare runs of different machines or configurations all the same.")
  private boolean force;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "Write the comparisons as JSON; - is standard output, instead of the table.")
  private @Nullable String json;

  @Override
  public Integer call() throws IOException {
    boolean jsonToOut = "-".equals(json);
    TargetFile target =
        json == null || jsonToOut ? null : TargetFile.check("--json", Path.of(json));
    Results before = read(first);
    Results after = read(second);
    checkLikeness(before, after);

    Difference difference = Difference.between(before, after, tolerance, SEED);
    DiffReport report = DiffReport.of(first.toString(), second.toString(), tolerance, difference);
    PrintWriter out = spec.commandLine().getOut();
    out.print(jsonToOut ? ResultsFile.json(report) : report.text());
    out.flush();
    if (target != null) {
      String text = ResultsFile.json(report);
      target.write(stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }
    return difference.bad() ? ExitStatus.BAD_ANSWER : ExitStatus.OK;
  }

  private static Results read(Path file) {
    try {
      return ResultsFile.read(file);
    } catch (BrokenResultsException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void checkLikeness(Results before, Results after) {
    List<String> differences = Likeness.differences(before, after);
    if (differences.isEmpty()) {
      return;
    }
    String told = String.join(", ", differences.stream().limit(SPELLED_OUT).toList());
    if (differences.size() > SPELLED_OUT) {
      told += ", and " + (differences.size() - SPELLED_OUT) + " more";
    }
    if (!force) {
      throw new UsageException(
          "the runs are not alike: " + told + "; add --force to compare them all the same");
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("warning: the runs are not alike: " + told);
    err.flush();
  }
}
