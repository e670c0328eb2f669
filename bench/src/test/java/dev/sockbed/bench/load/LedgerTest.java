package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Outcome;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each message one fate: without sockets, message by message. */
class LedgerTest {
  private static final long DEADLINE = 1_000;
  private static final int MOST = 8;

  private final ProbeMessage codec = new ProbeMessage(128);
  private final ReplyTimes times = new ReplyTimes(true);
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256);
  private MessageSizes sizes = MessageSizes.of(128);
  private Ledger ledger = ledger(MessageSizes.of(128), MOST);

  @Test
  void aReplyInTimeIsOkAndBothItsTimesAreKept() {
    ledger.sending(0, 100, 150);
    reply(0, 150, 128, 400);

    assertSettled(new Outcomes(1, 0, 0, 0, 0, 0, 0), Events.NONE);
    assertThat(times.service().getMaxValue()).isEqualTo(250);
    assertThat(Objects.requireNonNull(times.response()).getMaxValue()).isEqualTo(300);
  }

  @Test
  void aReplyAfterTheDeadlineIsLateAndItsTimesAreKept() {
    send(0);
    reply(0, 0, 128, DEADLINE + 1);

    assertSettled(new Outcomes(0, 0, 1, 0, 0, 0, 0), Events.NONE);
    assertThat(times.service().getTotalCount()).isEqualTo(1);
  }

  @Test
  void anOverdueMessageIsNotUnderWayButItsReplyStillCounts() {
    send(0);
    ledger.expire(DEADLINE + 1);
    assertThat(ledger.inFlight()).isZero();

    reply(0, 0, 128, 5 * DEADLINE);

    assertSettled(new Outcomes(0, 0, 1, 0, 0, 0, 0), Events.NONE);
  }

  @Test
  void whatNeverComesBackIsLostAtTheEnd() {
    send(0);
    send(1);
    reply(1, 1, 128, 10);

    assertThat(ledger.inFlight()).isEqualTo(1);
    assertSettled(new Outcomes(1, 1, 0, 0, 0, 0, 0), Events.NONE);
  }

  @Test
  void aRepeatedReplyIsADuplicateAndNoOutcome() {
    send(0);
    reply(0, 0, 128, 10);
    reply(0, 0, 128, 11);
    reply(0, 0, 128, 12);

    assertSettled(new Outcomes(1, 0, 0, 0, 0, 0, 0), new Events(2, 0));
    assertThat(times.service().getTotalCount()).isEqualTo(1);
  }

  @Test
  void aReplyAfterThatToALaterMessageIsReordered() {
    send(0);
    send(1);
    send(2);
    reply(2, 2, 128, 10);
    reply(0, 0, 128, 11);
    reply(1, 1, 128, 12);

    assertSettled(new Outcomes(3, 0, 0, 0, 0, 0, 0), new Events(0, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 127})
  void aReplyOfWhateverLengthIsTruncated(int length) {
    send(0);
    send(1);
    reply(0, 0, length, 10);
    reply(1, 1, 128, 11);

    assertSettled(new Outcomes(1, 0, 0, 1, 0, 0, 0), Events.NONE);
  }

  @Test
  void aReplyLongerThanWhatWasSentIsCorrupt() {
    send(0);
    codec.write(buffer, 128, 0);
    codec.stamp(buffer, 0);
    ledger.reply(buffer, true, 10, Replies.NO_ORDER);

    assertSettled(new Outcomes(0, 0, 0, 0, 1, 0, 0), Events.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 7, 8, 15, 16, 127})
  void aChangedByteAnywhereIsCorruptAndCostsNoOtherMessageItsFate(int at) {
    send(0);
    send(1);
    send(2);
    changedReply(1, 1, at, 10);
    reply(0, 0, 128, 11);
    reply(2, 2, 128, 12);

    assertThat(ledger.inFlight()).isZero();
    assertThat(ledger.outcomes().ok()).isEqualTo(2);
    ledger.close();
    assertThat(ledger.outcomes()).isEqualTo(new Outcomes(2, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void aCorruptHeaderThatNamesAnotherOpenMessageDoesNotTakeItsPlace() {
    send(0);
    send(1);
    changedReply(1, 1, 7, 10); // Says that it is 0.
    reply(0, 0, 128, 11);

    assertSettled(new Outcomes(1, 0, 0, 0, 1, 0, 0), Events.NONE);
  }

  @Test
  void aCorruptHeaderThatNamesAnAnsweredMessageIsNoDuplicate() {
    ledger = ledger(MessageSizes.of(16), MOST);
    send(0);
    reply(0, 0, 16, 10);
    send(1);
    reply(0, 1, 16, 11); // It is number 1 with the time of 1; a bit was turned over.

    assertSettled(new Outcomes(1, 0, 0, 0, 1, 0, 0), Events.NONE);
  }

  @Test
  void aDamagedReplyWhoseMessageIsUnknownPaysForTheOldestThatIsOverdue() {
    send(0);
    changedReply(0, 0, 3, 10);
    assertThat(ledger.inFlight()).isZero();

    ledger.expire(DEADLINE + 1);

    assertThat(ledger.outcomes()).isEqualTo(new Outcomes(0, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void repliesThatBelongToNothingAreStrays() {
    reply(77, 0, 128, 10);
    send(0);
    reply(0, 0, 128, 10);
    changedReply(5, 0, 3, 10);

    assertSettled(new Outcomes(1, 0, 0, 0, 0, 0, 0), Events.NONE);
    assertThat(ledger.strays()).isEqualTo(2);
  }

  @Test
  void repliesToMessagesOfTheTimeBeforeAreOfNoAccount() {
    send(0);
    ledger.close();
    ledger.begin(1);

    reply(0, 0, 128, 10);

    assertThat(ledger.sent()).isZero();
    assertThat(ledger.strays()).isZero();
    assertSettled(Outcomes.NONE, Events.NONE);
  }

  @Test
  void aRefusalGoesToTheOldestMessageUnderWay() {
    send(0);
    send(1);
    ledger.refused();
    reply(1, 1, 128, 10);
    ledger.refused();

    assertSettled(new Outcomes(1, 0, 0, 0, 0, 1, 0), Events.NONE);
  }

  @Test
  void aMessageThatCouldNotBeSentFailed() {
    send(0);
    send(1);
    ledger.failed(1);
    ledger.failed(1);

    assertSettled(new Outcomes(0, 1, 0, 0, 0, 0, 1), Events.NONE);
  }

  @Test
  void whatIsUnderWayOnABrokenConnectionSharesItsFate() {
    send(0);
    send(1);
    reply(0, 0, 128, 10);
    ledger.abandon(Outcome.REFUSED);
    send(2);

    assertSettled(new Outcomes(1, 1, 0, 0, 0, 1, 0), Events.NONE);
  }

  @Test
  void overAStreamThePlaceTellsWhichMessageItIs() {
    send(0);
    send(1);
    codec.write(buffer, 128, 0);
    codec.stamp(buffer, 0);
    buffer.putLong(0, -1);

    assertThat(ledger.reply(buffer, false, 10, 0)).isTrue();
    assertThat(ledger.reply(buffer, false, 10, 2)).as("one that was never sent").isFalse();

    assertSettled(new Outcomes(0, 1, 0, 0, 1, 0, 0), Events.NONE);
    assertThat(ledger.strays()).isEqualTo(1);
  }

  @Test
  void aStreamThatEndsWithinAMessageHasCutIt() {
    send(0);
    codec.write(buffer, 128, 0);
    codec.stamp(buffer, 0);
    ledger.reply(buffer.limit(50), true, 10, 0);

    assertSettled(new Outcomes(0, 0, 0, 1, 0, 0, 0), Events.NONE);
  }

  @Test
  void aFullTableGivesUpTheOldestThatIsOverdue() {
    for (int i = 0; i < MOST; i++) {
      send(i);
    }
    assertThat(ledger.isFull()).isTrue();
    ledger.expire(DEADLINE + MOST);
    assertThat(ledger.isFull()).isFalse();

    send(MOST);
    assertThat(ledger.outcomes().lost()).isEqualTo(1);
    reply(0, 0, 128, 9_000);
    assertThat(ledger.strays()).as("given up, so nobody's any more").isEqualTo(1);
    reply(1, 1, 128, 9_000);

    assertSettled(new Outcomes(0, MOST, 1, 0, 0, 0, 0), Events.NONE);
  }

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

  @Test
  void howMuchTheServiceTimeChangesIsKeptForNeighboursOnly() {
    send(0);
    send(1);
    send(2);
    send(3);
    reply(0, 0, 128, 100);
    reply(1, 1, 128, 131);
    reply(3, 3, 128, 203);

    assertThat(times.variation().getTotalCount()).isEqualTo(1);
    assertThat(times.variation().getMaxValue()).isEqualTo(30);
  }

  /** Whatever a network does, the sum holds after every step. */
  @RepeatedTest(50)
  void theSumHoldsWhateverHappens(RepetitionInfo repetition) {
    long seed = 1_000L + repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    ledger = ledger(random.nextBoolean() ? MessageSizes.of(128) : MessageSizes.of(1, 20, 9), 64);
    Queue<Long> sentNumbers = new ArrayDeque<>();
    long now = 0;
    for (long next = 0; next < 2_000; now += random.nextInt(100)) {
      ledger.expire(now);
      int what = random.nextInt(12);
      if (what < 5 && !ledger.isFull()) {
        ledger.sending(next, now, now);
        sentNumbers.add(next++);
      } else if (what == 5) {
        ledger.refused();
      } else if (what == 6) {
        ledger.failed(next - 1);
      } else if (what == 7) {
        buffer.clear().putLong(0, random.nextLong()).limit(random.nextInt(140));
        ledger.reply(buffer, random.nextBoolean(), now, Replies.NO_ORDER);
      } else if (!sentNumbers.isEmpty()) {
        long number = random.nextInt(4) == 0 ? random.nextLong(next) : sentNumbers.remove();
        reply(number, random.nextInt(3) == 0 ? 0 : now, random.nextInt(129), now);
      }
      assertThat(ledger.outcomes().total()).as("seed %d", seed).isLessThanOrEqualTo(ledger.sent());
    }
    ledger.close();
    assertThat(ledger.outcomes().total()).as("seed %d", seed).isEqualTo(ledger.sent());
    assertThat(ledger.inFlight()).isZero();
  }

  @Test
  void accountingAllocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    exchange(0, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    exchange(20_000, 200_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(ledger.outcomes().ok()).isEqualTo(200_000);
    assertThat(allocated).as("bytes for 180,000 messages").isLessThan(20_000);
  }

  private void exchange(long from, long to) {
    for (long i = from; i < to; i++) {
      codec.write(buffer, 128, i);
      codec.stamp(buffer, i);
      ledger.sending(i, i, i);
      ledger.reply(buffer, false, i + 10, Replies.NO_ORDER);
      ledger.expire(i + 10);
    }
  }

  private Ledger ledger(MessageSizes sizes, int most) {
    this.sizes = sizes;
    return new Ledger(codec.another(), sizes, DEADLINE, most, times);
  }

  /** Sends a message at the moment that its number is. */
  private void send(long sequence) {
    ledger.sending(sequence, sequence, sequence);
  }

  private void reply(long sequence, long sent, int length, long received) {
    codec.write(buffer, Math.max(length, sizes.at(sequence)), sequence);
    codec.stamp(buffer, sent);
    ledger.reply(buffer.limit(length), false, received, Replies.NO_ORDER);
  }

  private void changedReply(long sequence, long sent, int at, long received) {
    codec.write(buffer, 128, sequence);
    codec.stamp(buffer, sent);
    buffer.put(at, (byte) (buffer.get(at) ^ 1));
    ledger.reply(buffer, false, received, Replies.NO_ORDER);
  }

  private void assertSettled(Outcomes outcomes, Events events) {
    ledger.close();
    assertThat(ledger.outcomes()).isEqualTo(outcomes);
    assertThat(ledger.outcomes().total()).isEqualTo(ledger.sent());
    assertThat(ledger.events()).isEqualTo(events);
  }
}
