package dev.sockbed.bench.load.command;

import dev.sockbed.bench.diff.ToleranceOptions;
import dev.sockbed.common.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that set a second server against the first. */
final class AgainstOptions {
  @Option(
      names = "--against",
      paramLabel = "ADDRESS",
      description = {
        "Measure this echo server too, in short turns with the first, and say whether it is slower:"
            + " that takes 20 s, 40 turns of --duration 250 ms each, unless --trials or --duration"
            + " say otherwise."
      })
  private @Nullable Address server;

  @Mixin private ToleranceOptions tolerance;

  /** The second server, or null. */
  @Nullable Address server() {
    return server;
  }

  /** Which differences matter. */
  ToleranceOptions tolerance() {
    return tolerance;
  }
}
