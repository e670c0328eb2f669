package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingsTest {
  private static final long SEED = 1;

  @Test
  void aClearDifferenceIsSaidWithItsRatio() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 8; trial++) {
      cells.add(roundTrip("tcp", 128, trial, 20_000 + 50 * trial));
      cells.add(roundTrip("udp", 128, trial, 16_000 + 40 * trial));
    }

    Verdict median = Findings.of(cells, SEED).getFirst();

    assertThat(median.claim()).isEqualTo("udp rtt p50 / tcp rtt p50");
    assertThat(median.ratio()).isBetween(0.79, 0.81);
    assertThat(median.n()).isEqualTo(8);
    assertThat(median.text()).contains("UDP's median round trip of 128 bytes").contains("0.80");
  }

  @Test
  void theLongestMessageOfTheRoundTripsIsTheOneJudged() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 5; trial++) {
      for (int size : new int[] {1, 128}) {
        cells.add(roundTrip("tcp", size, trial, 10_000));
        cells.add(roundTrip("udp", size, trial, size == 1 ? 99_000 : 5_000));
      }
    }

    assertThat(Findings.of(cells, SEED).getFirst().ratio()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void oneTransportAloneGivesNoVerdict() {
    assertThat(Findings.of(List.of(roundTrip("tcp", 128, 1, 10_000)), SEED)).isEmpty();
  }

  private static Cell roundTrip(String transport, int size, int trial, long medianNanos) {
    TimesNs times =
        new TimesNs(
            1_000, 1L, medianNanos, medianNanos, medianNanos, null, null, medianNanos, medianNanos);
    return new Cell(
        transport,
        "rtt",
        "plain",
        "block",
        "platform",
        size,
        1,
        1,
        null,
        trial,
        1_000,
        new Outcomes(1_000, 0, 0, 0, 0, 0, 0),
        Events.NONE,
        times,
        null,
        1e9 / medianNanos,
        null,
        null,
        null);
  }
}
