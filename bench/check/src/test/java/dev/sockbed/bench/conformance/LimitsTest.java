package dev.sockbed.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a case waits for a program that is right so far, and for one that was too late. */
@Tag("unit")
class LimitsTest {
  /** Two datagrams and those beside them have together what the answer to one may take. */
  @ParameterizedTest
  @CsvSource({"0, 6000, 1000", "1, 2000, 500", "2, 1000, 250", "3, 1000, 250", "4, 300, 75"})
  void aProgramThatWasTooLateIsWaitedForLessEachTime(int times, long patience, long once) {
    Limits limits = Limits.DEFAULT.afterLateness(times);

    assertThat(limits.patience()).isEqualTo(Duration.ofMillis(patience));
    assertThat(limits.once()).isEqualTo(Duration.ofMillis(once));
  }
}
