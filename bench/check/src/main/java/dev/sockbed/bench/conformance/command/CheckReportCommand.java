package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.report.CheckFile;
import dev.sockbed.bench.conformance.report.Matrix;
import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockbed check report}: many reports side by side. */
@Command(
    name = "report",
    description = {"Set the reports of many implementations side by side.", ""},
    footer = {
      "",
      "Examples:",
      "  ./sockbed check server tcp://127.0.0.1:10000 --name ours --json ours.json",
      "  ./sockbed check server tcp://127.0.0.1:10001 --name port --json port.json",
      "  ./sockbed check report ours.json port.json --html matrix.html",
      "",
      "Exit status: 0 every MUST is kept by all, 1 one is not, 2 wrong usage."
    })
public final class CheckReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Reports that 'check server' or 'check client' wrote with --json.")
  private List<Path> files;

  @Option(names = "--html", paramLabel = "FILE", description = "Write the matrix as a page.")
  private @Nullable Path html;

  @Override
  public Integer call() throws IOException {
    TargetFile target = html == null ? null : TargetFile.check("--html", html);
    List<CheckReport> reports = new ArrayList<>();
    for (Path file : files) {
      if (target != null && target.replaces(file)) {
        throw new UsageException("--html " + file + " is one of the reports; name another file");
      }
      reports.add(read(file));
    }
    Matrix matrix = new Matrix(reports);
    PrintWriter out = spec.commandLine().getOut();
    out.print(matrix.text(Terminal.OUTPUT.textColumns()));
    out.flush();
    if (target != null) {
      byte[] page = matrix.page().getBytes(StandardCharsets.UTF_8);
      target.write(stream -> stream.write(page));
    }
    boolean bad = reports.stream().anyMatch(CheckReport::isBad);
    return bad ? ExitStatus.BAD_ANSWER : ExitStatus.OK;
  }

  private static CheckReport read(Path file) {
    try {
      return CheckFile.read(file);
    } catch (BrokenResultsException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
