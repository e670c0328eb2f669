package dev.sockbed.bench.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What {@code --help} says of {@code check} and its commands. */
@Tag("unit")
class CheckHelpTest {
  static Stream<CommandLine> commands() {
    CommandLine check = Objects.requireNonNull(Sockbed.commandLine().getSubcommands().get("check"));
    return Stream.concat(Stream.of(check), check.getSubcommands().values().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theExitStatusesAreTold(CommandLine command) {
    assertThat(command.getUsageMessage()).contains("Exit status: 0 every MUST is kept");
  }
}
