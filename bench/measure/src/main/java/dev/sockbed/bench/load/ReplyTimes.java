package dev.sockbed.bench.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The times of replies that came back whole, late ones included, since a distribution that is cut
 * at the deadline would flatter. Several connections may share one; recording allocates nothing.
 */
final class ReplyTimes {
  private final Histogram service = TimeHistogram.create();
  private final Histogram variation = TimeHistogram.create();
  private final @Nullable Histogram response;

  /**
   * Empty times.
   *
   * @param scheduled whether messages are sent on a schedule, so that there is a response time
   */
  ReplyTimes(boolean scheduled) {
    response = scheduled ? TimeHistogram.create() : null;
  }

  /**
   * Enters replies with the same times; all in nanoseconds.
   *
   * @param serviceNanos since the message was sent
   * @param responseNanos since it was meant to be sent
   * @param variationNanos by how much the service time differs from the message before, or negative
   *     if that is not known
   * @param count how many replies
   */
  synchronized void record(long serviceNanos, long responseNanos, long variationNanos, long count) {
    TimeHistogram.record(service, serviceNanos, count);
    if (response != null) {
      TimeHistogram.record(response, responseNanos, count);
    }
    if (variationNanos >= 0) {
      TimeHistogram.record(variation, variationNanos, count);
    }
  }

  synchronized void clear() {
    service.reset();
    variation.reset();
    if (response != null) {
      response.reset();
    }
  }

  synchronized void addTo(ReplyTimes sum) {
    sum.service.add(service);
    sum.variation.add(variation);
    if (response != null && sum.response != null) {
      sum.response.add(response);
    }
  }

  Histogram service() {
    return service;
  }

  Histogram variation() {
    return variation;
  }

  @Nullable Histogram response() {
    return response;
  }
}
