package dev.sockbed.bench.load;

import org.HdrHistogram.Histogram;

/** The times of sending. Several connections may share one; recording allocates nothing. */
final class SendTimes {
  private final Histogram call = TimeHistogram.create();
  private final Histogram miss = TimeHistogram.create();

  /** Enters how long one send call took. */
  synchronized void record(long callNanos) {
    TimeHistogram.record(call, callNanos);
  }

  /** Enters by how much a message missed its time though the sender had waited for it. */
  synchronized void recordMiss(long lateNanos) {
    TimeHistogram.record(miss, lateNanos);
  }

  synchronized void clear() {
    call.reset();
    miss.reset();
  }

  synchronized void addTo(SendTimes sum) {
    sum.call.add(call);
    sum.miss.add(miss);
  }

  Histogram call() {
    return call;
  }

  Histogram miss() {
    return miss;
  }
}
