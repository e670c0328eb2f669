package dev.sockbed.bench.conformance.command;

import dev.sockbed.common.command.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sockbed check}: judges a port. */
@Command(
    name = "check",
    description = {"Judge somebody's server or client by the sentences of docs/protocol.md.", ""},
    subcommands = {CheckServerCommand.class, CheckClientCommand.class, CheckReportCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./sockbed check server tcp://127.0.0.1:10000",
      "  ./sockbed check client --listen tcp://127.0.0.1:0 --run './my_client {host} {port}'",
      "  ./sockbed check report ours.json port.json --html matrix.html",
      "",
      "Exit status: 0 every MUST is kept, 1 one is not, 2 wrong usage, 3 nothing",
      "listens there, 4 a program is missing, 130 interrupted."
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.USAGE;
  }
}
