package dev.sockbed.bench.load;

/**
 * Replies that follow each other with the same times, which are entered together: the messages of a
 * batch have one send time, and the replies that one call of the system gave have one receive time.
 * Used by one thread.
 */
final class TimesRun {
  private final ReplyTimes times;
  private long serviceNanos;
  private long responseNanos;
  private long variationNanos;
  private long count;

  /** No replies yet. */
  TimesRun(ReplyTimes times) {
    this.times = times;
  }

  /** One more reply, with times as of {@link ReplyTimes#record}. */
  void add(long service, long response, long variation) {
    if (service != serviceNanos || response != responseNanos || variation != variationNanos) {
      enter();
      serviceNanos = service;
      responseNanos = response;
      variationNanos = variation;
    }
    count++;
  }

  /** Enters those that were not entered yet. */
  void enter() {
    if (count > 0) {
      times.record(serviceNanos, responseNanos, variationNanos, count);
      count = 0;
    }
  }
}
