package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.limit.LimitOptions;
import dev.sockbed.bench.output.FormOptions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What a fork is told. */
@Tag("unit")
class ForkOptionsTest {
  @Test
  void aForkMeasuresAsAskedAndWritesAndJudgesNothing() {
    CommandLine.ParseResult parsed =
        Sockbed.commandLine()
            .parseArgs(
                "compare",
                "--only=rtt",
                "--json=a",
                "--csv=b",
                "--markdown=c",
                "--junit=d",
                "--max-p99=1ms",
                "--max-loss=1%",
                "--min-rate=1/s")
            .subcommand();

    assertThat(ForkOptions.handedOn(parsed)).isEqualTo(List.of("--only=rtt"));
  }

  @Test
  void noFlagForWritingOrJudgingIsForgottenThere() {
    List<String> known =
        List.of(
            "--json", "--csv", "--markdown", "--junit", "--max-p99", "--max-loss", "--min-rate");

    assertThat(names(new FormOptions())).isSubsetOf(known);
    assertThat(names(new LimitOptions())).isSubsetOf(known);
  }

  private static List<String> names(Object options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options).options().stream()
        .map(CommandLine.Model.OptionSpec::longestName)
        .toList();
  }
}
