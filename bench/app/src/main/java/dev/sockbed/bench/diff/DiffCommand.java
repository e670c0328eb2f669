package dev.sockbed.bench.diff;

import dev.sockbed.bench.limit.LimitOptions;
import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.output.FormOptions;
import dev.sockbed.bench.report.Report;
import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: did it change? */
@Command(
    name = "diff",
    preprocessor = SideOptions.class,
    description = "Says whether a second run is slower than a first, and by how much.",
    footer = {
      "",
      "Each comparison is slower (or faster), the same within the tolerance, or can't be told.",
      "Slower, if its whole interval lies beyond the tolerance, and beyond what bare sockets",
      "lost; the same, if its whole interval lies within. All intervals hold together with",
      "95 %%. Exit status 1 if something is slower, if fewer messages come back, if a trial had",
      "no reply, or if the second side did not keep --max-p99, --max-loss or --min-rate; with",
      "--strict 5 if something can't be told.",
      "",
      "Several runs a side show what differs from run to run: files with -- between the",
      "sides, or the forks of one file (compare --forks). Three a side are needed.",
      "",
      "Examples:",
      "  ./sockbed compare --json before.json",
      "  ./sockbed compare --json after.json",
      "  ./sockbed diff before.json after.json",
      "  ./sockbed diff before.json after.json --tolerance 10%% --json -",
      "  ./sockbed diff before.json after.json --junit diff.xml --markdown diff.md",
      "  ./sockbed diff a1.json a2.json a3.json -- b1.json b2.json b3.json",
      "  ./sockbed diff --paired a*.json -- b*.json  # made in turns",
      "",
      "Two servers that run now are compared by load ADDRESS --against ADDRESS."
    })
public final class DiffCommand implements Callable<Integer> {
  /** More than this many differing conditions are not all spelled out. */
  private static final int SPELLED_OUT = 5;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "The first run and the second; or the first side's runs, --, and the second side's."
      })
  private List<String> files = new ArrayList<>();

  @Mixin private ToleranceOptions toleranceOptions;

  @Option(
      names = "--paired",
      description = {
        "The first side's first run and the second side's first were made one right after the"
            + " other, and so on: compare within these pairs, so that a machine whose speed changes"
            + " does no harm. Six pairs are needed."
      })
  private boolean paired;

  @Option(
      names = "--force",
      description = "Compare runs of different machines or configurations all the same.")
  private boolean force;

  @Mixin private FormOptions forms;
  @Mixin private LimitOptions limits;

  @Override
  public Integer call() throws IOException {
    DiffOutput output = DiffOutput.open(forms, spec.commandLine().getOut());
    SideOptions.Sides sides = SideOptions.sides(files);
    List<Results> before = sides.first().stream().map(DiffCommand::read).toList();
    List<Results> after = sides.second().stream().map(DiffCommand::read).toList();
    checkLikeness(before, after);

    List<String> doubts = RunOrder.twice(sides, before, after);
    if (paired) {
      doubts =
          Stream.concat(doubts.stream(), RunOrder.apart(sides, before, after).stream()).toList();
    }
    if (!doubts.isEmpty() && !force) {
      throw new UsageException(doubts.getFirst() + "; add --force to compare them all the same");
    }
    doubts.forEach(this::warn);

    Tolerance tolerated = toleranceOptions.tolerance();
    Runs first = paired ? Runs.whole(before) : Runs.of(before);
    Runs second = paired ? Runs.whole(after) : Runs.of(after);
    Difference difference =
        paired
            ? Difference.ofPairs(first, second, tolerated)
            : Difference.between(first, second, tolerated);
    DiffReport report =
        DiffReport.of(
            new DiffReport.Side(sides.first(), first.runs().size()),
            new DiffReport.Side(sides.second(), second.runs().size()),
            paired,
            tolerated,
            difference);
    List<Requirement> asks =
        limits.ofPoints(after.stream().flatMap(run -> run.cells().stream()).toList());
    output.write(report, DiffReport.Pairs.RUNS, toleranceOptions.strict(), asks);
    List<String> missed = Report.missed(asks);
    missed.forEach(what -> tell("FAIL: " + what));
    return missed.isEmpty() ? toleranceOptions.status(report) : ExitStatus.BAD_ANSWER;
  }

  private static Results read(String file) {
    try {
      return ResultsFile.read(Path.of(file));
    } catch (BrokenResultsException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Each run against the first. */
  private void checkLikeness(List<Results> before, List<Results> after) {
    List<String> differences =
        Stream.concat(before.stream().skip(1), after.stream())
            .flatMap(run -> Likeness.differences(before.getFirst(), run).stream())
            .distinct()
            .toList();
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
    warn("the runs are not alike: " + told);
  }

  private void warn(String what) {
    tell("warning: " + what);
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
