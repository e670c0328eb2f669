package dev.sockbed.client.command;

import dev.sockbed.common.command.Failures;
import dev.sockbed.common.command.Values;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sockbed} with {@code talk} as its only command, for tests. */
public final class TalkMain {
  private TalkMain() {}

  /** Talks through this process's streams. */
  public static void main(String[] arguments) {
    System.exit(commandLine(new TalkCommand()).execute(arguments));
  }

  /** The command line around a given command. */
  static CommandLine commandLine(TalkCommand talk) {
    CommandSpec sockbed = CommandSpec.create().name("sockbed").mixinStandardHelpOptions(true);
    sockbed.scopeType(CommandLine.ScopeType.INHERIT);
    CommandLine root = new CommandLine(sockbed);
    root.addSubcommand(talk);
    Values.register(root);
    Failures.register(root);
    return root;
  }
}
