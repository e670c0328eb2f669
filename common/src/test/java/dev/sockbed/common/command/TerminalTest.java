package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
    assertThat(Terminal.columns(Map.of("COLUMNS", columns))).isEqualTo(width);
  }

  @Test
  void theWidthIs80WhereNobodySays() {
    assertThat(Terminal.columns(Map.of())).isEqualTo(80);
  }
}
