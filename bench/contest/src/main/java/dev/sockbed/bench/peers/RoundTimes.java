package dev.sockbed.bench.peers;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long each round of an iteration took, so that there is a median of them. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class RoundTimes {
  /** The method by which JMH names the median. */
  static final String P50 = "p50Nanos";

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);
  private long begun;

  /** Forgets all rounds. */
  @Setup(Level.Iteration)
  public void clear() {
    nanos.reset();
  }

  /** The first of several rounds begins now. */
  void begin() {
    begun = System.nanoTime();
  }

  /** A round ends now, and the next one begins. */
  void next() {
    long now = System.nanoTime();
    nanos.recordValue(Math.min(now - begun, LONGEST_NANOS));
    begun = now;
  }

  /** How many rounds there were. */
  long count() {
    return nanos.getTotalCount();
  }

  /** The median round in nanoseconds. */
  public double p50Nanos() {
    return nanos.getValueAtPercentile(50);
  }
}
