package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.output.Colours;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TerminalReportTest {
  private static final Results FULL = SampleResults.full(1);

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 200})
  void noLineIsLongerThanTheTerminalIsWide(int width) {
    String report = TerminalReport.render(FULL, width, Colours.OFF);

    assertThat(report.lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
  }

  @Test
  void tcpStandsAboveUdpAndTheAxisIsTheFirstColumn() {
    assertThat(TerminalReport.render(FULL, 80, Colours.OFF).lines())
        .containsSubsequence(
            "Round trip",
            "  cores bytes          p50      p90      p99    p99.9      max  messages/s")
        .anyMatch(line -> line.matches(" {6}2 {5}1 TCP  19\\.\\d µs .*"))
        .anyMatch(line -> line.matches(" {14}UDP  15\\.\\d µs .*"));
  }

  @Test
  void whatDidNotGoWellStandsUnderItsLine() {
    assertThat(TerminalReport.render(FULL, 80, Colours.OFF))
        .contains("of 10,500 sent: 630 lost (6.0 %)");
  }

  @Test
  void theReceiveLimitShowsWhatTheReceiverSaw() {
    assertThat(TerminalReport.render(FULL, 80, Colours.OFF).lines())
        .contains(
            "    129 TCP  128 + 128 + 2           of 1,500: 1,500 split, 500 merged",
            "        UDP  128 + 128               of 1,500: 1,500 cut");
  }

  @Test
  void theAnswerComesFirstInAtMostThreeVerdicts() {
    String report = TerminalReport.render(FULL, 80, Colours.OFF);

    assertThat(report).startsWith("TCP or UDP?\n  UDP's median round trip");
    assertThat(
            report.substring(0, report.indexOf("\n\n")).lines().filter(l -> l.matches("  \\S.*")))
        .hasSize(3);
  }

  @Test
  void whatTheAnswerSaysIsNotSaidAgainIfItIsAll() {
    Results few = SampleResults.small(1);

    String report = TerminalReport.render(few, 80, Colours.OFF);

    assertThat(few.verdicts()).hasSizeBetween(1, 3);
    assertThat(report).startsWith("TCP or UDP?\n").doesNotContain("Conclusions");
  }

  @Test
  void allVerdictsComeLastInTheirOwnWords() {
    String report = TerminalReport.render(FULL, 80, Colours.OFF);

    assertThat(report.substring(report.indexOf("Conclusions")).replaceAll("\\s+", " "))
        .contains(FULL.verdicts().getFirst().text());
  }

  @Test
  void whatMakesTheMachineABadOneIsNotKeptBack() {
    assertThat(TerminalReport.render(FULL, 80, Colours.OFF))
        .endsWith("Note: The machine is a virtual one\n");
  }

  @Test
  void anUnknownNumberIsADash() {
    Results few = SampleResults.small(1);

    assertThat(TerminalReport.render(few, 80, Colours.OFF).lines())
        .anyMatch(line -> line.contains("TCP") && line.matches(".* -  .*"));
  }

  @Test
  void coloursChangeNothingButTheColour() {
    String plain = TerminalReport.render(FULL, 80, Colours.OFF);
    String coloured = TerminalReport.render(FULL, 80, Colours.ON);

    assertThat(coloured).contains("\u001b[");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
  }

  @Test
  void coloursAreForTerminalsThatShowThemAndUsersWhoWantThem() {
    assertThat(Colours.of(Map.of(), true)).isEqualTo(Colours.ON);
    assertThat(Colours.of(Map.of(), false)).isEqualTo(Colours.OFF);
    assertThat(Colours.of(Map.of("NO_COLOR", "1"), true)).isEqualTo(Colours.OFF);
    assertThat(Colours.of(Map.of("NO_COLOR", ""), true)).isEqualTo(Colours.ON);
    assertThat(Colours.of(Map.of("TERM", "dumb"), true)).isEqualTo(Colours.OFF);
  }
}
