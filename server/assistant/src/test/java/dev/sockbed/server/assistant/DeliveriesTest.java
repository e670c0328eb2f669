package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
@Timeout(40)
final class DeliveriesTest {
  private final Deliveries deliveries = new Deliveries();

  /** There may always be another of them, so who waited for them might wait for ever. */
  @ParameterizedTest
  @EnumSource(
      value = Outgoing.By.class,
      names = {"REPETITION", "RULE"})
  void whatNobodyAskedForIsNotWaitedForAndItsFailureIsNobodys(Outgoing.By by) throws Exception {
    Outgoing unasked = new Outgoing.Message(Bytes.utf8("x"), by);
    deliveries.queued(unasked);
    deliveries.await(0, 0);
    deliveries.failed(unasked, "reset");
    assertThat(deliveries.takeFailure()).isNull();
  }

  @Test
  void whatWasAskedForIsWaitedForAndItsFirstFailureIsToldOnce() throws Exception {
    Outgoing asked = new Outgoing.Message(Bytes.utf8("x"), Outgoing.By.REQUEST);
    deliveries.queued(asked);
    deliveries.queued(asked);
    Thread waiting = Thread.ofVirtual().unstarted(this::finishBoth);
    deliveries.failed(asked, "first");
    deliveries.failed(asked, "second");
    waiting.start();
    deliveries.await(0, 0);
    assertThat(deliveries.takeFailure()).isEqualTo("first");
    assertThat(deliveries.takeFailure()).isNull();
  }

  private void finishBoth() {
    Outgoing asked = new Outgoing.Message(Bytes.utf8("x"), Outgoing.By.REQUEST);
    deliveries.finished(asked);
    deliveries.finished(asked);
  }
}
