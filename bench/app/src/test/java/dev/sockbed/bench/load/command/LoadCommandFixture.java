package dev.sockbed.bench.load.command;

import dev.sockbed.bench.Sockbed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command {@code load}, run in this process, and what it printed. */
abstract class LoadCommandFixture {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  /** The same, once more where this machine was too busy to keep to the schedule. */
  int loadOnTime(String... arguments) {
    int status = load(arguments);
    for (int tries = 1; tries < 30 && err.toString().contains("the rate was missed"); tries++) {
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
      status = load(arguments);
    }
    return status;
  }

  int load(String... arguments) {
    return run("load", arguments);
  }

  /** Another command, in the same way. */
  int run(String command, String... arguments) {
    CommandLine root = Sockbed.commandLine();
    root.setOut(new PrintWriter(out));
    root.setErr(new PrintWriter(err));
    return root.execute(
        Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new));
  }
}
