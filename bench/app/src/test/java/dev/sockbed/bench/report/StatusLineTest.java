package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.output.StatusLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StatusLineTest {
  private static final String WIPE = "\r\u001b[K";

  private final StringWriter terminal = new StringWriter();

  @Test
  void eachTextTakesThePlaceOfTheOneBeforeAndTheLastIsWiped() {
    try (StatusLine status = new StatusLine(new PrintWriter(terminal), 80)) {
      status.show("warming up");
      status.showLeft(Duration.ofMillis(12_400), "trial 1 of 7");
    }

    assertThat(terminal.toString())
        .isEqualTo(WIPE + "warming up" + WIPE + "12 s left: trial 1 of 7" + WIPE);
  }

  @Test
  void workThatTakesLongerThanExpectedHasNoTimeLeftAndNeverLess() {
    try (StatusLine status = new StatusLine(new PrintWriter(terminal), 80)) {
      status.showLeft(Duration.ofSeconds(-3), "the last replies");
    }

    assertThat(terminal.toString()).startsWith(WIPE + "0 s left: ");
  }

  @Test
  void aTextThatIsTooLongIsCutSinceASecondLineWouldStay() {
    try (StatusLine status = new StatusLine(new PrintWriter(terminal), 20)) {
      status.show("exactly a line less");
      status.show("a text as long as the line and more");
    }

    assertThat(terminal.toString())
        .isEqualTo(WIPE + "exactly a line less" + WIPE + "a text as long as t" + WIPE);
  }

  @Test
  void whereNothingIsShownNothingIsWiped() {
    new StatusLine(new PrintWriter(terminal), 80).close();

    assertThat(terminal.toString()).isEmpty();
  }

  @Test
  void whoWantsNoneGetsNone() {
    try (StatusLine status = StatusLine.on(new PrintWriter(terminal), true)) {
      status.show("warming up");
    }

    assertThat(terminal.toString()).isEmpty();
  }
}
