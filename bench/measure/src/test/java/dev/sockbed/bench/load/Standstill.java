package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Has a {@link TestPeer#stalling} peer of one connection echo so often and then stand still, with
 * something received and not answered, until it is let go.
 */
final class Standstill implements BooleanSupplier, AutoCloseable {
  private final AtomicLong left;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean over;

  Standstill(long echoes) {
    left = new AtomicLong(echoes);
  }

  @Override
  public boolean getAsBoolean() {
    if (left.get() > 0) {
      left.decrementAndGet();
      return false;
    }
    begun.countDown();
    return !over;
  }

  /** Waits until the peer stands still. */
  void await() throws InterruptedException {
    assertThat(begun.await(50, TimeUnit.SECONDS)).isTrue();
  }

  /** Lets it go. */
  @Override
  public void close() {
    over = true;
  }
}
