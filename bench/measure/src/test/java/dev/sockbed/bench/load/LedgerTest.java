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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each message one fate: without sockets, message by message. */
@Tag("unit")
class LedgerTest extends LedgerFixture {
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
  void theDeadlineCountsFromTheMomentAtWhichAMessageWasMeantToBeSent() {
    ledger.sending(0, 0, DEADLINE);
    reply(0, DEADLINE, 128, DEADLINE + 1);
    ledger.sending(1, 0, DEADLINE);
    ledger.expire(DEADLINE + 1);

    assertThat(ledger.inFlight()).isZero();
    assertSettled(new Outcomes(0, 1, 1, 0, 0, 0, 0), Events.NONE);
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
  void ofManyOverdueMessagesTheOldestIsLostWhenAnotherNeedsItsPlace() {
    int places = new Outstanding(MOST).places();
    int many = places / 4 + 1;
    for (int sequence = 0; sequence < many; sequence++) {
      ledger.sending(sequence, 0, 0);
    }
    ledger.expire(DEADLINE + 1);
    sendAndReply(many, places);
    reply(0, 0, 128, 5 * DEADLINE);
    reply(1, 0, 128, 5 * DEADLINE);

    assertThat(ledger.strays()).isEqualTo(1);
    assertSettled(new Outcomes(places - many + 1, many - 1, 1, 0, 0, 0, 0), new Events(0, 1));
  }

  @Test
  void oneOverdueMessageIsAwaitedWhateverPlaceItHas() {
    int places = new Outstanding(MOST).places();
    send(0);
    ledger.expire(DEADLINE + 1);
    sendAndReply(1, 3 * places);
    reply(0, 0, 128, 5 * DEADLINE);

    assertSettled(new Outcomes(3L * places, 0, 1, 0, 0, 0, 0), new Events(0, 1));
  }

  private void sendAndReply(int first, int last) {
    for (int sequence = first; sequence <= last; sequence++) {
      long now = DEADLINE + 1 + sequence;
      ledger.sending(sequence, now, now);
      reply(sequence, now, 128, now + 1);
    }
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
  @Test
  void repliesThatCameTogetherAreTakenUpToTheFirstThatIsNotWhole() {
    ledger.sending(0, 0, 10);
    ledger.sending(1, 0, 10);
    ledger.sending(2, 0, 20);
    ledger.sending(3, 0, 20);
    for (long order : new long[] {1, Replies.NO_ORDER}) {
      ByteBuffer replies = ByteBuffer.allocateDirect(4 * 128);
      for (long sequence = order == 1 ? 1 : 0; replies.hasRemaining(); sequence++) {
        codec.put(replies, 128, sequence, sequence < 2 ? 10 : 20);
      }
      int third = 2 * 128 + 100;
      replies.flip().put(third, (byte) (replies.get(third) ^ 1));
      // In order 1 and 2 come, and 3 is changed. Of the others 0 comes; 1 is not open any more.
      assertThat(ledger.wholeReplies(replies, 128, 110, order)).isEqualTo(order == 1 ? 2 : 1);
      assertThat(replies.position()).isEqualTo(order == 1 ? 256 : 128);
    }

    assertSettled(new Outcomes(3, 1, 0, 0, 0, 0, 0), new Events(0, 1));
    assertThat(times.service().getTotalCount()).isEqualTo(3);
    assertThat(times.service().getMinValue()).isEqualTo(90);
    assertThat(times.service().getMaxValue()).isEqualTo(100);
    assertThat(times.variation().getTotalCount()).isEqualTo(1);
  }

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
}
