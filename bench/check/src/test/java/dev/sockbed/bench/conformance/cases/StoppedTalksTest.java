package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StoppedTalksTest {
  private static final int EXCHANGES = 5;
  private static final int CONTROLS = 10;

  @Test
  void fiveTalksThatStopBesideControlsThatAreAllAnsweredAreNoLoss() {
    assertThat(after(4, CONTROLS).isNoLoss()).isFalse();
    assertThat(after(5, CONTROLS).isNoLoss()).isTrue();
  }

  @Test
  void whereEveryTenthIsLostItTakesTwiceAsMany() {
    assertThat(after(8, CONTROLS - 1).isNoLoss()).isFalse();
    assertThat(after(12, CONTROLS - 1).isNoLoss()).isTrue();
    assertThat(after(12, CONTROLS - 1).lost()).isEqualTo(12);
  }

  @Test
  void whereHalfIsLostTalksStop() {
    assertThat(after(50, CONTROLS / 2).isNoLoss()).isFalse();
  }

  private static StoppedTalks after(int talks, int answeredEach) {
    StoppedTalks stopped = new StoppedTalks(EXCHANGES);
    for (int i = 0; i < talks; i++) {
      stopped.add(CONTROLS, answeredEach);
    }
    return stopped;
  }
}
