package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.ProcessorUse;
import dev.sockbed.bench.conformance.peers.ProcessorUse.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which programs turn round and round, by what the system tells of two seconds of theirs. */
@Tag("unit")
class RestTest {
  @ParameterizedTest
  @CsvSource({
    "2000, 0", // An idle machine.
    "400, 1600",
    "210, 1780", // At a load of 20 on two processors.
  })
  void whoRunsWheneverItMayTurnsRoundAndRound(long ranMillis, long waitedMillis) {
    assertThatThrownBy(() -> TcpDeviceSteps.rests(use(0, 0, 0), use(2000, ranMillis, waitedMillis)))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("it used the processor for %,d of 2,000 ms".formatted(ranMillis));
  }

  /** It may be one that is about to end, and has waited for a processor for nearly all the time. */
  @Test
  void whoHadHardlyAProcessorIsLookedAtLonger() throws Violation {
    assertThat(TcpDeviceSteps.rests(use(0, 0, 0), use(2000, 60, 1900))).isFalse();
    assertThatThrownBy(() -> TcpDeviceSteps.rests(use(0, 0, 0), use(10_000, 300, 9_600)))
        .isInstanceOf(Violation.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "150, 0", "5, 1900", "30, 1500"})
  void whoRestsThoughItMayRunIsRight(long ranMillis, long waitedMillis) throws Violation {
    assertThat(TcpDeviceSteps.rests(use(0, 0, 0), use(2000, ranMillis, waitedMillis))).isTrue();
  }

  @Test
  void whereNothingIsToldOfThreadsTheProcessorTimeTells() throws Violation {
    ProcessorUse before = new ProcessorUse(0, Duration.ZERO, Map.of());
    Duration length = Duration.ofSeconds(2);
    assertThat(
            TcpDeviceSteps.rests(
                before, new ProcessorUse(length.toNanos(), Duration.ofMillis(190), Map.of())))
        .isTrue();
    assertThatThrownBy(() ->
            TcpDeviceSteps.rests(
                before, new ProcessorUse(length.toNanos(), Duration.ofMillis(210), Map.of())))
        .isInstanceOf(Violation.class);
  }

  private static ProcessorUse use(long atMillis, long ranMillis, long waitedMillis) {
    Turns busy = new Turns(nanos(ranMillis), nanos(waitedMillis));
    Turns idle = new Turns(0, 0);
    return new ProcessorUse(
        nanos(atMillis),
        Duration.ofMillis(ranMillis),
        Map.of(Path.of("/proc/7/task/7"), busy, Path.of("/proc/7/task/8"), idle));
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
