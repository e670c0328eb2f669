package dev.sockbed.bench.link.model;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** What one direction of a link is like while time goes on. For one thread at a time. */
public final class Conditions {
  private final Direction direction;
  private final long startNanos;
  private final @Nullable Steering steering;
  private final Iterator<Timeline.Change> changes;
  private OneWay now;
  private Timeline.@Nullable Change next;

  /**
   * The link at its beginning.
   *
   * @param startNanos the moment that is zero in the timeline
   */
  public Conditions(Timeline timeline, Direction direction, long startNanos) {
    this.direction = direction;
    this.startNanos = startNanos;
    steering = timeline.steering();
    changes = timeline.changes().iterator();
    now = changes.next().spec().of(direction);
    next = changes.hasNext() ? changes.next() : null;
  }

  /**
   * The link at a moment, which is never before one that was asked for already.
   *
   * @param connection the number of the connection, or of the client; shares are of these
   */
  public OneWay at(long nanos, long connection) {
    while (next != null && nanos - startNanos >= next.at().toNanos()) {
      now = next.spec().of(direction);
      next = changes.hasNext() ? changes.next() : null;
    }
    return steering == null ? now : steering.of(direction, now, connection);
  }
}
