package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for a network that is closed. */
@Tag("process")
@Timeout(60)
final class NetworkNamespaceTest {
  private NetworkNamespace namespace;

  @BeforeEach
  void create() {
    try {
      namespace = NetworkNamespace.create("test");
    } catch (NotPermittedException | NotOnThisSystemException e) {
      assumeThat(e.getMessage()).as("may make networks").isNull();
      throw e;
    }
  }

  @Test
  void aCallAfterTheCloseFailsAtOnce() {
    namespace.close();

    assertThatThrownBy(() -> namespace.call(() -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the network is closed");
  }

  @Test
  void aCallThatWaitsForAnotherFailsWithTheClose() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    FutureTask<Integer> running =
        new FutureTask<>(() -> namespace.call(() -> waitFor(begun, never)));
    FutureTask<Integer> waiting = new FutureTask<>(() -> namespace.call(() -> 1));
    Thread.ofPlatform().start(running);
    begun.await();
    Thread second = Thread.ofPlatform().start(waiting);
    await().until(() -> second.getState() == Thread.State.WAITING);

    namespace.close();

    assertThatThrownBy(waiting::get)
        .hasRootCauseInstanceOf(java.util.concurrent.CancellationException.class);
    assertThatThrownBy(running::get).hasRootCauseInstanceOf(InterruptedException.class);
  }

  private static int waitFor(CountDownLatch begun, CountDownLatch latch)
      throws InterruptedException {
    begun.countDown();
    latch.await();
    return 0;
  }
}
