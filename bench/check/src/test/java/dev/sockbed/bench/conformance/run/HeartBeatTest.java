package dev.sockbed.bench.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HeartBeatTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // A clock may run over.
  private final HeartBeat heart = new HeartBeat(now::get);

  @Test
  void aHeartThatBeatsInTimeWasNotHeldUp() {
    for (int i = 0; i < 100; i++) {
      beatAfter(Duration.ofMillis(20));
    }

    assertThat(heldUp()).isZero();
  }

  @Test
  void latenessOfABusyMachineIsNoHoldUp() {
    for (int i = 0; i < 100; i++) {
      beatAfter(Duration.ofMillis(20 + 99));
    }

    assertThat(heldUp()).isZero();
  }

  @Test
  void holdUpsAddUp() {
    beatAfter(Duration.ofMillis(20 + 100));
    beatAfter(Duration.ofMillis(20));
    beatAfter(Duration.ofMillis(20 + 3_000));

    assertThat(heldUp()).isEqualTo(Duration.ofMillis(3_100));
  }

  @Test
  void aHoldUpThatIsNotOverCountsSoFarAndOnce() {
    now.addAndGet(Duration.ofMillis(20 + 700).toNanos());
    assertThat(heldUp()).isEqualTo(Duration.ofMillis(700));

    beatAfter(Duration.ofMillis(100));
    assertThat(heldUp()).isEqualTo(Duration.ofMillis(800));
  }

  private void beatAfter(Duration pause) {
    now.addAndGet(pause.toNanos());
    heart.beat();
  }

  private Duration heldUp() {
    return Duration.ofNanos(heart.heldUpNanos());
  }
}
