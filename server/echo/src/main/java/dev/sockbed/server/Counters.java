package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/** A server's counters while it runs. Counting takes no lock, and allocates but to log. */
class Counters {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder receives = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LoggedCount refused;
  private final LoggedCount truncated;
  private final Map<DropReason, LoggedCount> dropped = new EnumMap<>(DropReason.class);

  Counters(Logger log, Address server) {
    refused = new LoggedCount(log, server, "connection refused, no room for it");
    truncated = new LoggedCount(log, server, "datagram cut to the receive limit");
    for (DropReason reason : DropReason.values()) {
      if (reason.transport() == server.transport()) {
        dropped.put(reason, new LoggedCount(log, server, reason.why()));
      }
    }
  }

  void accepted() {
    accepted.increment();
  }

  void refused(InetSocketAddress caller) {
    refused.add(caller);
  }

  void refused(Throwable failure) {
    refused.add(failure);
  }

  void received(int length) {
    receives.increment();
    bytes.add(length);
  }

  void truncated(InetSocketAddress caller) {
    truncated.add(caller);
  }

  /** Of several receives, with all their bytes. */
  void received(long times, long length) {
    receives.add(times);
    bytes.add(length);
  }

  /** For what is no limit of ours and no fault: counted, and not logged. */
  void dropped(DropReason reason) {
    of(reason).addQuietly();
  }

  void dropped(DropReason reason, InetSocketAddress caller) {
    of(reason).add(caller);
  }

  void dropped(DropReason reason, Throwable failure) {
    of(reason).add(failure);
  }

  /** A connection's end by that failure. */
  void failed(SocketFailure failure, InetSocketAddress caller) {
    switch (failure.error()) {
      case RESET -> dropped(DropReason.RESET);
      case TIMED_OUT -> dropped(DropReason.NOT_READING, caller);
      case CLOSED -> dropped(DropReason.STOPPED);
      default -> dropped(DropReason.CONNECTION_FAILED, failure);
    }
  }

  /**
   * The counters now. Each is exact, but they are read one after the other while others count on.
   *
   * @param active connections being served
   */
  ServerCounters snapshot(long active) {
    Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    dropped.forEach((reason, count) -> {
      if (count.sum() > 0) {
        drops.put(reason, count.sum());
      }
    });
    return new ServerCounters(
        accepted.sum(), active, refused.sum(), receives.sum(), bytes.sum(), truncated.sum(), drops);
  }

  private LoggedCount of(DropReason reason) {
    LoggedCount count = dropped.get(reason);
    if (count == null) {
      throw new IllegalArgumentException(reason + " is not a reason of this transport");
    }
    return count;
  }
}
