package dev.sockbed.client.command;

import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Failures;
import dev.sockbed.common.command.Values;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A command line with nothing but {@code sockbed device}, for tests; also as a process. */
@Command(name = "sockbed", subcommands = DeviceCommand.class)
final class SockbedDevice implements Callable<Integer> {
  private SockbedDevice() {}

  /** Runs it and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(of(Surroundings.ofProcess()).execute(arguments));
  }

  /** The command line in given surroundings. */
  static CommandLine of(Surroundings surroundings) {
    CommandLine commandLine = new CommandLine(new SockbedDevice(), new Factory(surroundings));
    Values.register(commandLine);
    Failures.register(commandLine);
    return commandLine;
  }

  @Override
  public Integer call() {
    return ExitStatus.USAGE;
  }

  private record Factory(Surroundings surroundings) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type == DeviceCommand.class
          ? type.cast(new DeviceCommand(() -> surroundings))
          : CommandLine.defaultFactory().create(type);
    }
  }
}
