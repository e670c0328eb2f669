package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("unit")
class BackoffTest {
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Backoff backoff = new Backoff(stopping);

  @Test
  void thePauseDoublesFromFiveMillisecondsToHalfASecond() {
    assertThat(Stream.generate(backoff::next).limit(10).map(Duration::toMillis))
        .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 500L, 500L, 500L);
  }

  @Test
  void afterASuccessItBeginsAgain() {
    backoff.next();
    backoff.next();
    backoff.reset();

    assertThat(backoff.next()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  @Timeout(30)
  void aStopEndsThePause() {
    stopping.countDown();
    for (int i = 0; i < 1000; i++) {
      backoff.pause(); // Without the stop these would take a quarter of an hour.
    }
  }
}
