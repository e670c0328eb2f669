package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The root of the command line, and that its short ways in change nothing but the time they take.
 */
@Tag("unit")
final class SockbedTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @EnumSource(Subcommand.class)
  void eachSubcommandIsCalledAsItNamesItself(Subcommand subcommand) {
    assertThat(subcommand.type().getAnnotation(Command.class).name()).isEqualTo(subcommand.word());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void theRootsHelpListsEveryCommandAsTheWholeCommandLineWould(String flag) {
    assertThat(run(flag)).isZero();

    assertThat(out.toString())
        .isEqualTo(Sockbed.commandLine().setColorScheme(plain()).getUsageMessage());
    for (Subcommand subcommand : Subcommand.values()) {
      assertThat(out.toString()).contains("\n  " + subcommand.word() + " ");
    }
  }

  @Test
  void aNamedCommandStandsAloneAndItsHelpIsTheSame() {
    CommandLine line = Sockbed.commandLineFor("talk", "--help");

    assertThat(line.getSubcommands()).containsOnlyKeys("talk");
    assertThat(run("talk", "--help")).isZero();
    CommandLine whole = Sockbed.commandLine().setColorScheme(plain());
    StringWriter expected = new StringWriter();
    whole.setOut(new PrintWriter(expected, true)).execute("talk", "--help");
    assertThat(out.toString()).isEqualTo(expected.toString()).contains("--hex");
  }

  @Test
  void helpAsAWordIsTheSameAsTheFlag() {
    assertThat(run(Sockbed.withoutTheWordHelp("help", "check", "server"))).isZero();
    String page = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run("check", "server", "--help")).isZero();
    assertThat(page).isEqualTo(out.toString()).startsWith("Usage: sockbed check server ");
    out.getBuffer().setLength(0);

    assertThat(run(Sockbed.withoutTheWordHelp("help"))).isZero();
    assertThat(out.toString()).startsWith("Usage: sockbed [OPTIONS]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help nope", "help check nope", "help load udp://127.0.0.1:9"})
  void helpWithAWordThatIsNoCommandIsWrongUsage(String line) {
    assertThat(run(Sockbed.withoutTheWordHelp(line.split(" ")))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("Unmatched argument");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100/s", "100", "0.5/s", "0.5"})
  void aRateIsReadAlikeByEveryCommand(String rate) {
    Sockbed.commandLine().parseArgs("load", "udp://h:9", "--rate", rate);
    Sockbed.commandLine().parseArgs("bench", "--links", "--rate", rate);
    String whole = rate.replace("0.5", "5");
    Sockbed.commandLine().parseArgs("serve", "--source-rate", whole);
  }

  @Test
  void completionTellsOfEveryCommand() {
    assertThat(run("generate-completion")).isZero();

    assertThat(out.toString()).contains("talk", "--greeting", "--quick");
  }

  @Test
  void aMisspeltCommandIsOneLineThatNamesTheNearest() {
    assertThat(run("compar")).isEqualTo(2);

    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "sockbed: Unmatched argument at index 0: 'compar'; did you mean compare?"
                + " (see sockbed --help)");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void withoutACommandTheUsageGoesToStandardErrorAsWrongUsage() {
    assertThat(run()).isEqualTo(2);

    assertThat(err.toString()).startsWith("Usage: sockbed");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    return Sockbed.commandLineFor(arguments)
        .setColorScheme(plain())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static CommandLine.Help.ColorScheme plain() {
    return CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF);
  }
}
