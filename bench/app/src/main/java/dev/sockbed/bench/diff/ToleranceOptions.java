package dev.sockbed.bench.diff;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Values;
import picocli.CommandLine.Option;

/**
 * The flags that say which differences matter, the same for all commands that compare two sides.
 */
public final class ToleranceOptions {
  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "5%",
      converter = Values.Percent.class,
      description = "A slow-down that does not matter (default: ${DEFAULT-VALUE}).")
  private double slowDown = 0.05;

  @Option(
      names = "--share-tolerance",
      paramLabel = "PERCENT",
      defaultValue = "0.5%",
      converter = Values.Percent.class,
      description = {
        "A part of all messages that may come back no more (default: ${DEFAULT-VALUE})."
      })
  private double share = 0.005;

  @Option(names = "--strict", description = "Exit status 5 if something can't be told.")
  private boolean strict;

  /** What does not matter. */
  public Tolerance tolerance() {
    return new Tolerance(slowDown, share);
  }

  /** Whether what can't be told is a bad answer. */
  public boolean strict() {
    return strict;
  }

  /** The exit status that such a comparison ends with. */
  public int status(DiffReport report) {
    if (report.bad()) {
      return ExitStatus.BAD_ANSWER;
    }
    return strict && report.open() ? ExitStatus.CANT_TELL : ExitStatus.OK;
  }
}
