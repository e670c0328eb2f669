package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a page was opened: a program that fails has opened none. */
@Tag("process")
final class BrowserTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  @Test
  void aProgramThatSaysItCannotHasOpenedNothing() {
    // As xdg-open does where no browser is installed.
    assertThat(Browser.started(List.of("sh", "-c", "exit 3"), LONG)).isFalse();
  }

  @Test
  void aProgramThatEndsWellHasOpenedThePage() {
    assertThat(Browser.started(List.of("true"), LONG)).isTrue();
  }

  @Test
  void aProgramThatIsNotThereHasOpenedNothing() {
    assertThat(Browser.started(List.of("no-such-browser-anywhere"), LONG)).isFalse();
  }

  @Test
  void aProgramThatStillRunsIsTheBrowser() {
    assertThat(Browser.started(List.of("sleep", "2"), Duration.ofMillis(1))).isTrue();
  }
}
