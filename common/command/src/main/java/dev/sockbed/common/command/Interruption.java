package dev.sockbed.common.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a long command come to an early but orderly end when Ctrl-C or SIGTERM is received: the work
 * is cancelled, and the process stays until the command has told what it has, within a bound.
 */
public final class Interruption implements AutoCloseable {
  private final CountDownLatch told = new CountDownLatch(1);
  private final Runnable cancel;
  private final Duration grace;
  private final Thread hook;
  private volatile boolean interrupted;

  private Interruption(Runnable cancel, Duration grace) {
    this.cancel = cancel;
    this.grace = grace;
    this.hook = Thread.ofPlatform().name("sockbed-interruption").unstarted(this::interrupt);
  }

  /**
   * Watches until closed.
   *
   * @param cancel makes the work end soon; is called from another thread
   * @param grace how long the command may take to end after that
   */
  public static Interruption watch(Runnable cancel, Duration grace) {
    Interruption interruption = new Interruption(cancel, grace);
    ShutdownHook.add(interruption.hook);
    return interruption;
  }

  /** Whether a signal was received. */
  public boolean interrupted() {
    return interrupted;
  }

  private void interrupt() {
    interrupted = true;
    cancel.run();
    try {
      boolean inTime = told.await(grace.toNanos(), TimeUnit.NANOSECONDS);
      if (!inTime) {
        System.Logger log = System.getLogger(Interruption.class.getName());
        log.log(System.Logger.Level.WARNING, "the command did not end within {0}", grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has told everything: the process may end. */
  @Override
  public void close() {
    told.countDown();
    if (!interrupted) {
      ShutdownHook.remove(hook); // If it runs, it finds that everything was told, and ends.
    }
  }
}
