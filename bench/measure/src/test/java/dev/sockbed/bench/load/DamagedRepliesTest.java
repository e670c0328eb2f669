package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that are cut, changed or name the wrong message: none costs another its fate. */
@Tag("unit")
class DamagedRepliesTest extends LedgerFixture {
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
}
