package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Numbers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "850, 850 ns",
    "999, 999 ns",
    "1000, 1.00 µs",
    "9994, 9.99 µs",
    "9996, 10.0 µs",
    "19849, 19.8 µs",
    "99960, 100 µs",
    "999499, 999 µs",
    "999500, 1.00 ms",
    "1214000, 1.21 ms",
    "999500000, 1.00 s",
    "61000000000, 61.0 s"
  })
  void aTimeHasThreeDigitsInTheUnitThatSuitsIt(long nanos, String shown) {
    assertThat(Numbers.time(nanos)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 100, 0 %", "1, 1000000, <0.01 %", "5, 1000, 0.50 %", "60, 1000, 6.0 %"})
  void aShareIsNeverRoundedToNothing(long part, long whole, String shown) {
    assertThat(Numbers.percent(part, whole)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, 100 %",
    "99, 100, 99.0 %",
    "9994, 10000, 99.9 %",
    "9996, 10000, 99.96 %",
    "9999, 10000, 99.99 %",
    "99999, 100000, >99.99 %",
    "9007199254740993, 9007199254740994, >99.99 %"
  })
  void aShareThatIsNotAllIsNeverRoundedToAll(long part, long whole, String shown) {
    assertThat(Numbers.percent(part, whole)).isEqualTo(shown);
  }

  @Test
  void theUnknownIsADash() {
    assertThat(Numbers.time(null)).isEqualTo("-");
    assertThat(Numbers.count(null)).isEqualTo("-");
    assertThat(Numbers.rate(null)).isEqualTo("-");
    assertThat(Numbers.percent(0, 0)).isEqualTo("-");
  }
}
