package dev.sockbed.server;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What a service thread runs: one step after the other, until its socket is closed. A service must
 * not end by what one step failed for, be it a want of descriptors, memory or threads or a fault in
 * the program: the process would live on and serve nobody. So each failure is told and, after a
 * pause that grows up to half a second, the next step is tried.
 */
public final class ServiceLoop implements Runnable {
  private static final long NO_MEMORY_PAUSE_NANOS = 100_000_000;

  /** One step, as to accept a connection. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does it.
     *
     * @throws SocketFailure with {@link SocketError#CLOSED} when the service is over
     */
    void run() throws SocketFailure;
  }

  private final Step step;
  private final Consumer<Throwable> failed;
  private final Backoff backoff;

  /**
   * A loop yet to be run.
   *
   * @param failed counts a step's failure, and logs it if a line is due
   * @param stopping ends a pause when it is counted down
   */
  public ServiceLoop(Step step, Consumer<Throwable> failed, CountDownLatch stopping) {
    this.step = step;
    this.failed = failed;
    this.backoff = new Backoff(stopping);
  }

  @Override
  public void run() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        goesOn = runOnce();
      } catch (OutOfMemoryError evenForTheTelling) {
        LockSupport.parkNanos(this, NO_MEMORY_PAUSE_NANOS);
      }
    }
  }

  /** Returns whether it goes on. */
  private boolean runOnce() {
    try {
      step.run();
      backoff.reset();
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED) {
        return false;
      }
      failed.accept(e);
      backoff.pause();
    } catch (RuntimeException | Error e) {
      failed.accept(e);
      backoff.pause();
    }
    return true;
  }
}
