package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.TrialCells;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MissingTest {
  private static final TimesNs NONE = TimesNs.unknown(1_000);

  @Test
  void timesThatAreMissingSinceRepliesWereAmbiguousAreNotPutDownToTooFew() {
    assertThat(Missing.of(load(400), Measure.P50)).isEqualTo(Missing.AMBIGUOUS);
    assertThat(Missing.told(List.of(load(400)), Measure.P50, "in a"))
        .containsExactly(
            "1 of 1 trial had no times since replies belong to one of several messages with the"
                + " same bytes in a");
    assertThat(Missing.of(load(0), Measure.P50)).isEqualTo(Missing.TOO_FEW);
    assertThat(Missing.of(load(400), Measure.OK_SHARE)).isNull();
  }

  /** A trial without times, and so many replies of it were ambiguous. */
  private static Cell load(long ambiguous) {
    Cell cell = TrialCells.with(TrialCells.of(TrialCells.roundTrip("udp"), 1, 20_000), NONE);
    return TrialCells.with(
        cell,
        new LoadDetail(
            List.of(1),
            null,
            1,
            1,
            null,
            null,
            null,
            null,
            NONE,
            null,
            NONE,
            0,
            ambiguous,
            0,
            List.of(),
            false,
            null,
            new SystemTruth(null, null, null, null, null, 0, 0, null, null, null)));
  }
}
