package dev.sockbed.bench;

import dev.sockbed.bench.command.BenchCommand;
import dev.sockbed.bench.compare.CompareCommand;
import dev.sockbed.bench.conformance.command.CheckCommand;
import dev.sockbed.bench.diff.DiffCommand;
import dev.sockbed.bench.link.command.LinkCommand;
import dev.sockbed.bench.load.command.LoadCommand;
import dev.sockbed.client.command.DeviceCommand;
import dev.sockbed.client.command.TalkCommand;
import dev.sockbed.server.assistant.command.AssistantCommand;
import dev.sockbed.server.command.ServeCommand;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The commands below the root, in the order of {@code ./sockbed --help}. */
enum Subcommand {
  COMPARE("compare"),
  LOAD("load"),
  SERVE("serve"),
  TALK("talk"),
  DEVICE("device"),
  ASSISTANT("assistant"),
  CHECK("check"),
  BENCH("bench"),
  DIFF("diff"),
  LINK("link"),
  GENERATE_COMPLETION("generate-completion");

  private final String word;

  Subcommand(String word) {
    this.word = word;
  }

  /**
   * The one command that these arguments need, if there is such a one: they begin with its name,
   * and its work does not tell of other commands, as completion's does.
   */
  static Optional<Subcommand> namedIn(String... arguments) {
    return Stream.of(values())
        .filter(subcommand -> arguments.length > 0 && subcommand.word.equals(arguments[0]))
        .filter(subcommand -> subcommand != GENERATE_COMPLETION)
        .findFirst();
  }

  /** The name it is called by. */
  String word() {
    return word;
  }

  /** What a list of commands tells of it, and nothing else: no options, no work. */
  CommandSpec title() {
    CommandSpec title = CommandSpec.create();
    title.usageMessage().description(type().getAnnotation(Command.class).description());
    return title;
  }

  /** What the command line makes it of: its class, or where flags are not annotations, more. */
  Object command() {
    return this == LINK ? LinkCommand.commandLine() : type();
  }

  /** Its class; asked for only when it is needed, as loading it takes time. */
  Class<?> type() {
    return switch (this) {
      case COMPARE -> CompareCommand.class;
      case LOAD -> LoadCommand.class;
      case SERVE -> ServeCommand.class;
      case TALK -> TalkCommand.class;
      case DEVICE -> DeviceCommand.class;
      case ASSISTANT -> AssistantCommand.class;
      case CHECK -> CheckCommand.class;
      case BENCH -> BenchCommand.class;
      case DIFF -> DiffCommand.class;
      case LINK -> LinkCommand.class;
      case GENERATE_COMPLETION -> GenerateCompletion.class;
    };
  }
}
