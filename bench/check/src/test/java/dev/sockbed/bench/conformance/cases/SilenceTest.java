package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.cases.Silence.Reading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SilenceTest {
  @Test
  void fiveTimesSilentBesideFiveAnsweredIsNoLoss() {
    assertThat(after(4, 4)).isEqualTo(Reading.UNKNOWN);
    assertThat(after(5, 5)).isEqualTo(Reading.REFUSES);
  }

  @Test
  void theMoreIsLostTheLongerItTakesToBeSure() {
    assertThat(after(6, 4)).isEqualTo(Reading.UNKNOWN);
    assertThat(after(12, 8)).isEqualTo(Reading.REFUSES);
  }

  @Test
  void whereHalfAndMoreIsLostNothingCanBeTold() {
    assertThat(after(Silence.MOST_TRIES, 4)).isEqualTo(Reading.LOSSY);
  }

  @Test
  void aServerThatAnswersNothingAtAllIsDeaf() {
    assertThat(after(7, 0)).isEqualTo(Reading.UNKNOWN);
    assertThat(after(8, 0)).isEqualTo(Reading.DEAF);
  }

  private static Reading after(int tries, int controlsAnswered) {
    Silence silence = new Silence();
    for (int i = 0; i < tries; i++) {
      silence.add(i < controlsAnswered);
    }
    return silence.reading();
  }
}
