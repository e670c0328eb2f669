package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0s, 0, 0s",
    "0ms, 0, 0s",
    "1ns, 1, 1ns",
    "50us, 50000, 50us",
    "300ms, 300000000, 300ms",
    "1.5s, 1500000000, 1500ms",
    "0.25ms, 250000, 250us",
    "0.000000001s, 1, 1ns",
    "10s, 10000000000, 10s",
    "90s, 90000000000, 90s",
    "60s, 60000000000, 1m",
    "2m, 120000000000, 2m",
    "1.5h, 5400000000000, 90m",
    "8760h, 31536000000000000, 8760h",
  })
  void aDurationIsReadToTheNanosecondAndWrittenInItsLargestUnit(
      String text, long nanos, String written) {
    Duration duration = Durations.parse(text);
    assertThat(duration).isEqualTo(Duration.ofNanos(nanos));
    assertThat(Durations.format(duration)).isEqualTo(written);
    assertThat(Durations.parse(written)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "0s, 0 s",
    "1ns, 1 ns",
    "50us, 50 µs",
    "1.5s, 1500 ms",
    "90s, 90 s",
    "60s, 1 min",
    "1.5h, 90 min",
    "8760h, 8760 h",
  })
  void inWordsTheUnitStandsApart(String text, String written) {
    assertThat(Durations.inWords(Durations.parse(text))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "s",
        "-1s",
        "+1s",
        " 1s",
        "1s ",
        "1 s",
        "1S",
        "1sec",
        "1d",
        "PT1S",
        "1.s",
        ".5s",
        "1e3ms",
        "1,5s",
        "1_000s",
        "0x1s",
        "1m30s",
        "NaNs",
        "infs",
        "１s",
        "1µs",
        "1\n",
        "1234567890123s",
        "0.1234567890s",
      })
  void anythingElseIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a duration: '" + text + "' (write for example 50us, 300ms, 10s or 2m)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5ns", "0.0001us", "1.5ns"})
  void nothingIsFinerThanANanosecond(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration too fine: '" + text + "' (the smallest step is 1 ns)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8761h", "31536001s", "999999999999h"})
  void nothingIsLongerThanAYear(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration too long: '" + text + "' (at most 8760 h)");
  }

  @Test
  void whatCannotBeReadCanStillBeShown() {
    assertThat(Durations.format(Duration.ofMillis(-300))).isEqualTo("-300ms");
    assertThat(Durations.format(Duration.ofDays(365_000))).isEqualTo("8760000h");
  }
}
