package dev.sockbed.bench.conformance.peers;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes may have arrived, on several connections together, and not been taken. */
public final class ArrivalsRoom {
  private final AtomicLong freeBytes;

  /** An empty one. */
  public ArrivalsRoom(long bytes) {
    this.freeBytes = new AtomicLong(bytes);
  }

  /** Takes room; false, and takes none, if there is not so much. */
  boolean take(int bytes) {
    return freeBytes.getAndUpdate(free -> free >= bytes ? free - bytes : free) >= bytes;
  }

  /** Gives room back that was taken. */
  void giveBack(int bytes) {
    freeBytes.addAndGet(bytes);
  }
}
