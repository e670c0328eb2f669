package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.common.Transport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Was the rate reached, and if not, why not? */
@Tag("unit")
class RateTest {
  private static final long SECOND = 1_000_000_000;
  private static final double TARGET = 10_000;

  @Test
  void aScheduleThatWasKeptIsAReachedRate() {
    Rate rate = rate(account(SECOND, SECOND), Transport.TCP);

    assertThat(rate).isEqualTo(new Rate(TARGET, TARGET, true, null, 0));
  }

  @Test
  void aTrifleIsForgiven() {
    assertThat(rate(account(100_000_000, 96_000_000), Transport.TCP).reached()).isTrue();
    assertThat(rate(account(SECOND, 981_000_000), Transport.TCP).reached()).isTrue();
    assertThat(rate(account(SECOND, 979_000_000), Transport.TCP).reached()).isFalse();
  }

  @Test
  void aRunThatSentNothingMissedItsRate() {
    SenderAccount account = new SenderAccount();
    account.begin(0);
    account.notSent(1);
    account.end(1_000, 0);

    assertThat(rate(account, Transport.UDP).reached()).isFalse();
    assertThat(rate(account, Transport.UDP).limitedBy()).startsWith("nothing was sent");
  }

  @Test
  void theAchievedRateIsThePartOfTheScheduleThatWasKept() {
    assertThat(rate(account(SECOND, SECOND / 2), Transport.TCP).achieved()).isEqualTo(TARGET / 2);
  }

  @Test
  void messagesThatCouldNotBeSentMissTheRate() {
    SenderAccount account = account(SECOND, SECOND);
    for (int i = 0; i < 100; i++) {
      if (i > 0) {
        account.message();
      }
      if (i < 30) {
        account.failed();
      }
    }
    assertThat(rate(account, Transport.TCP).limitedBy())
        .isEqualTo("30 of 100 messages could not be sent");
  }

  @Test
  void tooManyMessagesUnderWayIsThePeersSlowness() {
    SenderAccount account = account(SECOND, SECOND / 2);
    account.waitedForRoom(SECOND / 2);

    assertThat(rate(account, Transport.UDP).limitedBy())
        .contains("too many messages were in flight for 50.0 % of the time");
  }

  @Test
  void sendsThatWaitAreFlowControlOverTcpAndTheBufferOverUdp() {
    SenderAccount account = account(SECOND, SECOND / 2);
    account.called(SECOND / 2);

    assertThat(rate(account, Transport.TCP).limitedBy()).contains("TCP's flow control");
    assertThat(rate(account, Transport.UDP).limitedBy()).contains("full send buffer");
  }

  @Test
  void manyShortSendCallsAreTheThreadsLimit() {
    SenderAccount account = account(SECOND, SECOND / 2);
    for (int i = 0; i < 100_000; i++) {
      account.called(9_000);
    }
    assertThat(rate(account, Transport.UDP).limitedBy())
        .contains("send calls took 90.0 % of the sender's time, 9000 ns each");
  }

  @Test
  void aProcessorThatWasTakenAwayIsTheMachinesFault() {
    SenderAccount account = account(SECOND, SECOND / 2);
    account.called(SECOND / 2);
    account.used(SystemTruth.Threads.NONE, new SystemTruth.Threads(5, 10, 500));

    assertThat(rate(account, Transport.TCP).limitedBy()).contains("this machine is too busy");
  }

  @Test
  void anythingElseIsASlowOrBusyProcessor() {
    SenderAccount account = account(SECOND, SECOND / 2);
    account.wasBehind();

    assertThat(rate(account, Transport.TCP).limitedBy()).contains("came too late 1 times");
  }

  @Test
  void accountsOfSeveralSendersAreAddedUp() {
    SenderAccount sum = new SenderAccount();
    account(SECOND, SECOND).addTo(sum);
    account(SECOND, SECOND / 2).addTo(sum);

    assertThat(Rate.of(TARGET, sum, Transport.TCP).achieved()).isEqualTo(TARGET * 0.75);
  }

  private static Rate rate(SenderAccount account, Transport transport) {
    SenderAccount sum = new SenderAccount();
    account.addTo(sum);
    return Rate.of(TARGET, sum, transport);
  }

  private static SenderAccount account(long elapsed, long scheduled) {
    SenderAccount account = new SenderAccount();
    account.begin(0);
    account.message();
    account.end(elapsed, scheduled);
    return account;
  }
}
