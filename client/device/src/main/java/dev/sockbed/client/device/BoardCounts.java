package dev.sockbed.client.device;

import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.SocketFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts what a running program does. */
final class BoardCounts {
  private final BoardTime time;
  private final long startNanos;

  private long receives;
  private long replies;
  private long bytesIn;
  private long bytesOut;
  private long truncated;

  /** Begins to count, and to take the time. */
  BoardCounts(BoardTime time) {
    this.time = time;
    this.startNanos = time.nanoTime();
  }

  void sent(int bytes) {
    bytesOut += bytes;
  }

  void received(int bytes, boolean cut) {
    receives++;
    bytesIn += bytes;
    truncated += cut ? 1 : 0;
  }

  void replied(int bytes) {
    replies++;
    bytesOut += bytes;
  }

  long replies() {
    return replies;
  }

  long truncated() {
    return truncated;
  }

  Summary summary(FiveTuple fiveTuple, Ending ending, @Nullable SocketFailure failure) {
    Duration duration = Duration.ofNanos(time.nanoTime() - startNanos);
    return new Summary(
        fiveTuple, receives, replies, bytesIn, bytesOut, truncated, duration, ending, failure);
  }
}
