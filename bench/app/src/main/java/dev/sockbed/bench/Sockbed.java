package dev.sockbed.bench;

import dev.sockbed.bench.result.Version;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Failures;
import dev.sockbed.common.command.HelpPage;
import dev.sockbed.common.command.StandardInput;
import dev.sockbed.common.command.StandardOutput;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.Values;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
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
    footer = {
      "",
      "Examples:",
      "  ./sockbed compare  # TCP beside UDP on this machine",
      "  ./sockbed serve  # echo servers on 127.0.0.1:10000",
      "  ./sockbed talk tcp://127.0.0.1:10000  # lines go out, echoes come back",
      "  ./sockbed help load  # what a command takes, as load --help",
      "",
      "Exit status: 0 good, 1 the answer is bad, 2 wrong usage, 3 network or peer",
      "failed, 4 something needed is missing, 5 can't be told (with --strict), 70 a fault",
      "in sockbed itself, 130 interrupted."
    })
public final class Sockbed implements Callable<Integer> {
  private static final Set<String> HELP_FLAGS = Set.of("--help", "-h");
  private static final Set<String> VERSION_FLAGS = Set.of("--version", "-V");

  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] arguments) throws IOException {
    int status = ExitStatus.OK;
    if (arguments.length == 1 && VERSION_FLAGS.contains(arguments[0])) {
      System.out.println(versionLine()); // Without the command line, which takes longer to set up.
    } else {
      StandardInput.emptyIfMissing();
      status = run(arguments);
    }
    System.exit(System.out.checkError() ? notAllPrinted(status) : status);
  }

  /**
   * Runs a command in this process, which speaks the same in every country from now on: digits,
   * decimal points and letters of what any of our code and of the libraries' formats.
   *
   * @return its exit status
   */
  static int run(String... arguments) {
    Locale.setDefault(Locale.ROOT);
    String[] asked = withoutTheWordHelp(arguments);
    // Picocli's own writer keeps to itself that standard output takes no more.
    return commandLineFor(asked)
        .setOut(new PrintWriter(System.out, true, System.out.charset()))
        .execute(asked);
  }

  /** {@code help check server} is {@code check server --help}; other words are left as they are. */
  static String[] withoutTheWordHelp(String... arguments) {
    boolean asksForHelp = arguments.length > 0 && arguments[0].equals("help");
    List<String> words = Arrays.stream(arguments).skip(1).toList();
    return asksForHelp && nameACommand(words)
        ? Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new)
        : arguments;
  }

  private static boolean nameACommand(List<String> words) {
    CommandLine command = commandLineFor(words.toArray(String[]::new));
    for (String word : words) {
      command = command.getSubcommands().get(word);
      if (command == null) {
        return false;
      }
    }
    return true;
  }

  /** Says why not all of standard output could be written. */
  private static int notAllPrinted(int status) {
    String failure = StandardOutput.failure();
    if (failure == null) {
      return status;
    }
    System.err.println("sockbed: standard output can't be written: " + failure);
    return ExitStatus.MISSING;
  }

  /** The whole command line, ready to execute. */
  public static CommandLine commandLine() {
    return commandLine(List.of(Subcommand.values()), Subcommand::command);
  }

  /**
   * As much of the command line as these arguments need, so that a start does not pay for reading
   * the options of commands that are not run: the command that they name, or the titles of all for
   * the root's own help, or else everything.
   */
  static CommandLine commandLineFor(String... arguments) {
    if (arguments.length == 1 && HELP_FLAGS.contains(arguments[0])) {
      return commandLine(List.of(Subcommand.values()), Subcommand::title);
    }
    return Subcommand.namedIn(arguments)
        .map(subcommand -> commandLine(List.of(subcommand), Subcommand::command))
        .orElseGet(Sockbed::commandLine);
  }

  private static CommandLine commandLine(
      List<Subcommand> subcommands, Function<Subcommand, Object> form) {
    CommandLine commandLine = new CommandLine(new Sockbed());
    subcommands.forEach(
        subcommand -> commandLine.addSubcommand(subcommand.word(), form.apply(subcommand)));
    Values.register(commandLine);
    Failures.register(commandLine);
    HelpPage.register(commandLine, Terminal.OUTPUT.textColumns());
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
      return new String[] {versionLine()};
    }
  }

  private static String versionLine() throws IOException {
    String commit = Version.commit();
    return "sockbed " + Version.number() + (commit == null ? "" : " (" + commit + ")");
  }
}
