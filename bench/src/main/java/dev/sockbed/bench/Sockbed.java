package dev.sockbed.bench;

import dev.sockbed.bench.compare.CompareCommand;
import dev.sockbed.bench.diff.DiffCommand;
import dev.sockbed.bench.jmh.BenchCommand;
import dev.sockbed.bench.load.LoadCommand;
import dev.sockbed.bench.result.Version;
import dev.sockbed.client.command.DeviceCommand;
import dev.sockbed.client.command.TalkCommand;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Failures;
import dev.sockbed.common.command.Values;
import dev.sockbed.server.assistant.command.AssistantCommand;
import dev.sockbed.server.command.ServeCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line: {@code ./sockbed COMMAND}. */
@Command(
    name = "sockbed",
    description = "A testbed for TCP and UDP sockets: compare them, measure them, port them.",
    mixinStandardHelpOptions = true,
    versionProvider = Sockbed.VersionLine.class,
    scope = CommandLine.ScopeType.INHERIT,
    subcommands = {
      CompareCommand.class,
      LoadCommand.class,
      ServeCommand.class,
      TalkCommand.class,
      DeviceCommand.class,
      AssistantCommand.class,
      BenchCommand.class,
      DiffCommand.class,
      GenerateCompletion.class
    },
    footer = {
      "",
      "Examples:",
      "  ./sockbed compare                      TCP beside UDP on this machine",
      "  ./sockbed serve                        echo servers on 127.0.0.1:10000",
      "  ./sockbed talk tcp://127.0.0.1:10000   lines go out, echoes come back",
      "",
      "Exit status: 0 good, 1 the answer is bad, 2 wrong usage, 3 network or peer",
      "failed, 4 something needed is missing, 130 interrupted."
    })
public final class Sockbed implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command line, ready to execute. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Sockbed());
    Values.register(commandLine);
    Failures.register(commandLine);
    commandLine.setUsageHelpAutoWidth(true);
    return commandLine;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitStatus.USAGE;
  }

  /** The one line of {@code --version}. */
  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      String commit = Version.commit();
      return new String[] {
        "sockbed " + Version.number() + (commit == null ? "" : " (" + commit + ")")
      };
    }
  }
}
