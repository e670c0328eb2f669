package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class TerminalTest {

  @ParameterizedTest
  @CsvSource({
    "40, 40",
    "80, 80",
    "9999, 9999",
    "'', 80",
    "0, 80",
    "9, 80",
    "-5, 80",
    "abc, 80",
    "99999, 80",
  })
  void theWidthIsThatOfTheEnvironmentIfItMakesSense(String columns, int width) {
    assertThat(Terminal.columns(Map.of("COLUMNS", columns), OptionalInt::empty)).isEqualTo(width);
  }

  @Test
  void theWidthIs80WhereNobodySays() {
    assertThat(Terminal.columns(Map.of(), OptionalInt::empty)).isEqualTo(80);
  }

  @Test
  void theTerminalIsAskedWhereTheEnvironmentSaysNothing() {
    assertThat(Terminal.columns(Map.of(), () -> OptionalInt.of(137))).isEqualTo(137);
    assertThat(Terminal.columns(Map.of("COLUMNS", "90"), () -> OptionalInt.of(137))).isEqualTo(90);
  }

  @ParameterizedTest
  @CsvSource({"10, 60", "59, 60", "60, 60", "100, 100", "120, 120", "121, 120", "9999, 120"})
  void textIsSetInSixtyToAHundredAndTwentyColumns(int terminal, int text) {
    assertThat(Terminal.textColumns(terminal)).isEqualTo(text);
  }

  @Test
  void aTerminalThatCallsItselfDumbObeysNoEscapeSequences() {
    assertThat(Terminal.obeysEscapes(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.obeysEscapes(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.obeysEscapes(Map.of())).isTrue();
  }
}
