package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages too short for a whole header, and several sizes in turn. */
@Tag("unit")
class ShortMessagesTest extends LedgerFixture {
  @Test
  void shortMessagesAreToldApartByTheirLowOrderBytes() {
    ledger = ledger(MessageSizes.of(1), 600);
    for (int i = 0; i < 600; i++) {
      send(i);
      reply(i, i, 1, i + 10);
    }
    assertSettled(new Outcomes(600, 0, 0, 0, 0, 0, 0), Events.NONE);
  }

  @Test
  void aLostShortMessageDoesNotTakeTheRepliesOfThoseWithTheSameByte() {
    ledger = ledger(MessageSizes.of(1), 2_000);
    send(0);
    ledger.expire(DEADLINE + 1);
    for (int i = 1; i < 600; i++) {
      ledger.sending(i, 2_000 + i, 2_000 + i);
      reply(i, i, 1, 2_000 + i + 10);
    }
    assertSettled(new Outcomes(599, 1, 0, 0, 0, 0, 0), Events.NONE);
  }

  @Test
  void aRepeatedShortMessageIsADuplicateAndAChangedOneIsCorrupt() {
    ledger = ledger(MessageSizes.of(2), 16);
    for (int i = 0; i < 100; i++) {
      send(i);
      reply(i, i, 2, i + 10);
    }
    ledger.expire(110);
    reply(99, 0, 2, 120);
    send(100);
    buffer.clear().putShort(0, (short) 0x7777).limit(2);
    ledger.reply(buffer, false, 130, Replies.NO_ORDER);

    assertSettled(new Outcomes(100, 0, 0, 0, 1, 0, 0), new Events(1, 0));
  }

  @Test
  void severalSizesInTurnAreEachKnown() {
    ledger = ledger(MessageSizes.of(1, 8, 3, 128), 32);
    int[] sizes = {1, 8, 3, 128};
    for (int i = 0; i < 1_000; i++) {
      send(i);
      reply(i, i, sizes[i % 4], i + 10);
    }
    assertSettled(new Outcomes(1_000, 0, 0, 0, 0, 0, 0), Events.NONE);
  }

  /**
   * At 2 % loss and 0.1 ms, with eight rounds of the byte in flight until a lost one is given up.
   */
  @Test
  void aLostByteIsNotAnsweredByTheSameByteLater() {
    ledger = ledger(MessageSizes.of(1), 4_000);
    for (int i = 0; i < 10_000; i++) {
      ledger.sending(i, i / 2, i / 2);
      if (i % 49 != 0) {
        reply(i, 0, 1, i / 2 + 1);
      }
      ledger.expire(i / 2);
    }
    assertSettled(new Outcomes(9_795, 205, 0, 0, 0, 0, 0), Events.NONE);
    assertThat(ledger.ambiguous()).isZero();
    assertThat(times.service().getMaxValue()).isLessThan(3);
  }

  @Test
  void swappedAndRepeatedBytesAreKnownAsThatWhileOthersAreLost() {
    ledger = ledger(MessageSizes.of(1), 4_000);
    for (int i = 0; i < 3_000; i += 3) {
      send(i);
      send(i + 1);
      send(i + 2);
      reply(i + 1, 0, 1, i);
      reply(i, 0, 1, i);
      reply(i + 1, 0, 1, i);
    }
    assertSettled(new Outcomes(2_000, 1_000, 0, 0, 0, 0, 0), new Events(1_000, 1_000));
    assertThat(ledger.ambiguous()).isZero();
  }

  @Test
  void repliesThatAStallHeldBackArePutRightOnceTheyHaveCaughtUp() {
    ledger = ledger(MessageSizes.of(1), 4_000);
    for (int i = 0; i < 700; i++) {
      send(i);
    }
    for (int i = 0; i < 400; i++) {
      reply(i, 0, 1, 700);
    }
    assertThat(ledger.ambiguous()).isPositive();
    for (int i = 400; i < 700; i++) {
      reply(i, 0, 1, 700);
    }
    assertThat(ledger.ambiguous()).isZero();
    assertSettled(new Outcomes(700, 0, 0, 0, 0, 0, 0), Events.NONE);
  }

  @Test
  void afterALossOfMoreThanAllNumbersTheRepliesAreInDoubt() {
    ledger = ledger(MessageSizes.of(1), 4_000);
    for (int i = 0; i < 1_000; i++) {
      send(i);
      if (i < 100 || i >= 400) {
        reply(i, 0, 1, i);
      }
    }
    assertThat(ledger.ambiguous()).isEqualTo(600);
    assertSettled(new Outcomes(700, 300, 0, 0, 0, 0, 0), Events.NONE);
  }

  /** The last two of a stall's replies are swapped: the later one proves nothing. */
  @Test
  void aReplyThatComesBehindProvesNothingOfThoseInDoubt() {
    ledger = ledger(MessageSizes.of(1), 4_000);
    for (int i = 0; i < 1_000; i++) {
      send(i);
    }
    for (int i = 0; i < 400; i++) {
      reply(i, 0, 1, 1_000);
    }
    assertThat(ledger.ambiguous()).isEqualTo(400);
    reply(401, 0, 1, 1_000);
    reply(400, 0, 1, 1_000);

    assertThat(ledger.ambiguous()).isEqualTo(401);
  }
}
