package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Counts what a limit refused and says so in the log, at most once a second: a flood of refusals
 * must not become a flood of lines. May be used by many threads.
 */
final class LoggedCount {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Logger log;
  private final Address server;
  private final String what;
  private final LongAdder count = new LongAdder();
  private final AtomicLong nextLine = new AtomicLong(System.nanoTime());

  /**
   * @param server who refuses
   * @param what what is counted, in a few words
   */
  LoggedCount(Logger log, Address server, String what) {
    this.log = log;
    this.server = server;
    this.what = what;
  }

  /** One more, which is nothing to log. */
  void addQuietly() {
    count.increment();
  }

  /** One more, by that caller. */
  void add(InetSocketAddress caller) {
    count.increment();
    if (lineIsDue()) {
      write(Address.of(server.transport(), caller));
    }
  }

  /** One more, because of that failure; a {@link SocketFailure} names the caller. */
  void add(Throwable failure) {
    count.increment();
    if (lineIsDue()) {
      write(failure instanceof SocketFailure ? failure.getMessage() : failure);
    }
  }

  /** How many in all. */
  long sum() {
    return count.sum();
  }

  private boolean lineIsDue() {
    long now = System.nanoTime();
    long due = nextLine.get();
    return now - due >= 0 && nextLine.compareAndSet(due, now + SECOND);
  }

  private void write(@Nullable Object caller) {
    log.warn("{}: {}: {} ({} so far)", server, what, caller, count.sum());
  }
}
