package dev.sockbed.bench.conformance.report;

import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.bench.result.ResultsFile;
import java.nio.file.Path;

/** A check's findings as a JSON file, one case a line. */
public final class CheckFile {
  private CheckFile() {}

  /** The JSON text, ended by a line feed. */
  public static String toJson(CheckReport report) {
    return ResultsFile.json(report);
  }

  /**
   * Reads a file that anybody may have written.
   *
   * @throws BrokenResultsException if it can't be read, is of another form, or is broken
   */
  public static CheckReport read(Path file) throws BrokenResultsException {
    return ResultsFile.read(file, CheckReport.SCHEMA, CheckReport.class);
  }
}
