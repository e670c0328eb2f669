package dev.sockbed.server.assistant;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A message that is sent again and again, until that is stopped. */
final class Repetition {

  /** Sends it once. */
  interface Sending {
    void once() throws AssistantException;
  }

  private final Bytes message;
  private final Duration interval;
  private final Sending sending;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicLong times = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();

  Repetition(Bytes message, Duration interval, Sending sending) {
    this.message = message;
    this.interval = interval;
    this.sending = sending;
  }

  void start() {
    Thread.ofVirtual().name("sockbed-assistant-repeat").start(this::run);
  }

  void stop() {
    stopped.countDown();
  }

  RepeatProgress progress() {
    return new RepeatProgress(message, interval, times.get(), missed.get());
  }

  private void run() {
    long due = System.nanoTime() + interval.toNanos();
    try {
      while (!stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        try {
          sending.once();
          times.incrementAndGet();
        } catch (AssistantException nobodyToSendToNow) {
          missed.incrementAndGet();
        }
        // What was missed while the machine slept is not made up for.
        due = Math.max(due + interval.toNanos(), System.nanoTime());
      }
    } catch (InterruptedException e) {
      stopped.countDown();
    }
  }
}
