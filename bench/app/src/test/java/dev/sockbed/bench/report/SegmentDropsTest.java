package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.stats.Trials;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When it is said that segments were dropped, and when there is no reason to. */
@Tag("unit")
class SegmentDropsTest {
  /** As lwIP was seen to answer 16 in flight behind a short queue. */
  private static final TimesNs STALLED = times(1_600_000L, 428_000_000L, 94_000_000L);

  /** As it was seen behind a queue of three packets. */
  private static final TimesNs WAITING = times(213_000_000L, 1_272_000_000L, 240_000_000L);

  private static final TimesNs STEADY = times(1_600_000L, 428_000_000L, 1_700_000L);
  private static final TimesNs QUICK = times(1_600_000L, 150_000_000L, 94_000_000L);
  private static final String TOLD =
      "the peer, or the way to it, drops segments with 16 messages in flight on a connection:"
          + " 69 segments were sent again, with waits of up to 428 ms where the median is 1.60 ms;"
          + " this is a small receive queue or a lossy way, not TCP's speed, and fewer in flight"
          + " (--window) show which";

  @Test
  void aRunThatMostlyWaitedForSegmentsToBeSentAgainSaysSo() {
    assertThat(LoadText.of(cell(16, STALLED, 69), "").wrong()).containsExactly(TOLD);
  }

  @Test
  void aRunInWhichMostMessagesWaitedSaysSoToo() {
    assertThat(SegmentDrops.told(List.of(cell(16, WAITING, 68)))).contains("68 segments");
  }

  @Test
  void aComparisonSaysItBesideThePoint() {
    Trials trials = Trials.of(List.of(cell(16, STALLED, 69))).getFirst();

    assertThat(OutcomeWords.notOk(trials)).isEqualTo(TOLD);
  }

  @Test
  void itIsNotSaidWithoutSegmentsSentAgain() {
    assertThat(SegmentDrops.told(List.of(cell(16, STALLED, 0)))).isEmpty();
  }

  @Test
  void oneMessageInFlightOverflowsNoQueue() {
    assertThat(SegmentDrops.told(List.of(cell(1, STALLED, 69)))).isEmpty();
  }

  @Test
  void aRateHasNoNumberInFlight() {
    assertThat(SegmentDrops.told(List.of(cell(null, STALLED, 69)))).isEmpty();
  }

  @Test
  void aFewSegmentsThatCostNearlyNothingAreNotWorthAWord() {
    assertThat(SegmentDrops.told(List.of(cell(16, STEADY, 1)))).isEmpty();
  }

  @Test
  void waitsShorterThanTheTimeoutHaveAnotherCause() {
    assertThat(SegmentDrops.told(List.of(cell(16, QUICK, 1)))).isEmpty();
  }

  private static TimesNs times(long median, long max, long mean) {
    return new TimesNs(504, 1L, median, null, null, null, null, max, mean);
  }

  private static Cell cell(@Nullable Integer window, TimesNs times, long retransmits) {
    SystemTruth system =
        new SystemTruth(
            null,
            null,
            null,
            null,
            new SystemTruth.Tcp(25_000, 4_000, retransmits, null, null),
            0,
            0,
            null,
            null,
            null);
    LoadDetail detail =
        new LoadDetail(
            List.of(128),
            null,
            1,
            3_000_000_000L,
            null,
            null,
            null,
            null,
            times,
            times,
            times,
            0,
            0L,
            0,
            List.of(),
            false,
            null,
            system);
    return new Cell(
        "tcp",
        "tcp",
        "load",
        "plain",
        "block",
        "platform",
        null,
        128,
        1,
        window,
        null,
        null,
        1,
        null,
        504,
        new Outcomes(504, 0, 0, 0, 0, 0, 0),
        new Events(0, 0),
        times,
        null,
        168.0,
        null,
        null,
        detail);
  }
}
