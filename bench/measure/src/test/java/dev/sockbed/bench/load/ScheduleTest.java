package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When messages are meant to go out. */
@Tag("unit")
class ScheduleTest {
  private static final long START = 5_000_000_000L;
  private static final int MANY = 100_000;

  @Test
  void aConstantRateIsAClockThatDoesNotDrift() {
    Schedule schedule = new Schedule(3_000, Arrival.CONSTANT, 0, 1, 0);
    schedule.begin(START);

    assertThat(next(schedule)).isEqualTo(START);
    assertThat(next(schedule)).isEqualTo(START + 333_333);
    assertThat(next(schedule)).isEqualTo(START + 666_666);
    for (int i = 3; i < 3_000_000; i++) {
      schedule.advance();
    }
    assertThat(schedule.next()).as("after 1,000 s").isEqualTo(START + 1_000_000_000_000L);
  }

  @ParameterizedTest
  @EnumSource
  void whatAFastScheduleStillHadIsCountedWithoutGoingThroughIt(Arrival arrival) {
    Schedule schedule = new Schedule(1e9, arrival, 0, 1, 3);
    schedule.begin(START);
    AtomicLong asked = new AtomicLong();

    long due =
        schedule.countWhile(
            at -> {
              asked.incrementAndGet();
              return at < START + 10_000_000_000L;
            },
            Long.MAX_VALUE);

    assertThat(due).isCloseTo(10_000_000_000L, within(10_000L));
    assertThat(asked).hasValueLessThan(2_000_000);
    assertThat(schedule.countWhile(_ -> true, 7)).isEqualTo(7);
    assertThat(schedule.countWhile(_ -> true, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void whatASlowScheduleStillHadIsCountedExactly(Arrival arrival) {
    Schedule schedule = new Schedule(3_000, arrival, 0.5, 1, 3);
    Schedule same = new Schedule(3_000, arrival, 0.5, 1, 3);
    schedule.begin(START);
    same.begin(START);
    next(schedule);
    next(same);
    long end = START + 1_000_000_000;

    long due = 0;
    while (same.next() < end) {
      same.advance();
      due++;
    }
    assertThat(schedule.countWhile(at -> at < end, Long.MAX_VALUE)).isEqualTo(due);
  }

  @Test
  void severalSendersTakeTurns() {
    Schedule second = new Schedule(1_000, Arrival.CONSTANT, 0.25, 1, 0);
    second.begin(START);

    assertThat(next(second)).isEqualTo(START + 250_000);
    assertThat(next(second)).isEqualTo(START + 1_250_000);
  }

  @Test
  void poissonGapsAreExponential() {
    Schedule schedule = new Schedule(1_000, Arrival.POISSON, 0, 42, 0);
    schedule.begin(START);
    double sum = 0;
    double squares = 0;
    int aboveMean = 0;
    long before = START;
    for (int i = 0; i < MANY; i++) {
      double gap = (next(schedule) - before) / 1e6;
      before += (long) (gap * 1e6);
      sum += gap;
      squares += gap * gap;
      aboveMean += gap > 1 ? 1 : 0;
    }
    double mean = sum / MANY;
    assertThat(mean).as("mean gap, ms").isCloseTo(1, within(0.02));
    assertThat(Math.sqrt(squares / MANY - mean * mean)).as("deviation").isCloseTo(1, within(0.03));
    assertThat((double) aboveMean / MANY).isCloseTo(Math.exp(-1), within(0.01));
  }

  @Test
  void theSeedDecidesAndAPhaseBeginsAnew() {
    Schedule one = new Schedule(1_000, Arrival.POISSON, 0, 7, 3);
    Schedule same = new Schedule(1_000, Arrival.POISSON, 0, 7, 0);
    Schedule other = new Schedule(1_000, Arrival.POISSON, 0, 8, 0);
    one.begin(0);
    next(one);
    one.begin(START);
    same.begin(START);
    other.begin(START);

    long first = next(one);
    assertThat(first).isEqualTo(next(same)).isNotEqualTo(next(other));
    assertThat(next(one)).isEqualTo(next(same));
  }

  @Test
  void theMessagesAheadAreSeenBeforeTheyAreDue() {
    Schedule schedule = new Schedule(1_000, Arrival.POISSON, 0, 7, 3);
    schedule.begin(START);
    for (int i = 0; i < 20; i++) {
      long farthest = schedule.farthest();
      schedule.advance();
      schedule.advance();
      schedule.advance();
      assertThat(schedule.next()).isEqualTo(farthest);
    }
  }

  private static long next(Schedule schedule) {
    long at = schedule.next();
    schedule.advance();
    return at;
  }
}
