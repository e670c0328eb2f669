package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of open messages, against a map that is simply right. */
@Tag("unit")
final class OutstandingTest {
  private static final int MOST = 8;

  private final Outstanding table = new Outstanding(MOST);

  @Test
  void aMessageThatStaysForLongIsFoundThoughLaterOnesCameToItsPlace() {
    table.add(3, 30, 31);
    for (long sequence = 4; sequence < 1_000; sequence++) {
      table.add(sequence, sequence * 10, sequence * 10 + 1);
      assertThat(table.sentNanos(table.find(3))).isEqualTo(31);
      table.remove(table.find(sequence));
      assertThat(table.find(sequence)).isNegative();
    }
    table.remove(table.find(3));

    assertThat(table.count()).isZero();
    assertThat(table.find(3)).isNegative();
  }

  @Test
  void itHoldsWhatAMapWouldHoldInWhateverOrderMessagesEnd() {
    Random random = new Random(7);
    Map<Long, Long> expected = new HashMap<>();
    List<Long> open = new ArrayList<>();
    long next = 0;
    for (int step = 0; step < 20_000; step++) {
      if (!table.isFull() && random.nextBoolean()) {
        next += random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1;
        table.add(next, next * 10, next * 10 + 1);
        expected.put(next, next * 10 + 1);
        open.add(next);
      } else if (!open.isEmpty()) {
        long ended = open.remove(random.nextInt(open.size()));
        table.remove(table.find(ended));
        expected.remove(ended);
        assertThat(table.find(ended)).isNegative();
      }
      assertThat(table.count()).isEqualTo(expected.size());
      expected.forEach((sequence, sent) -> {
        int place = table.find(sequence);
        assertThat(place).as("message %d", sequence).isNotNegative();
        assertThat(table.sequence(place)).isEqualTo(sequence);
        assertThat(table.intendedNanos(place)).isEqualTo(sequence * 10);
        assertThat(table.sentNanos(place)).isEqualTo(sent);
      });
    }
  }
}
