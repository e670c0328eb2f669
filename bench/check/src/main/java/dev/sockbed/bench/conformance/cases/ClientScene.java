package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.bench.conformance.peers.ProcessorUse;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.common.Address;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The checker as a client's server, in one case. */
abstract sealed class ClientScene implements Scene permits TcpClientScene, UdpClientScene {
  private static final Duration LOOK_WHETHER_ENDED = Duration.ofMillis(20);

  /** A client that has used no processor time for so long is not about to do anything. */
  private static final Duration AT_REST = Duration.ofSeconds(2);

  private final Subject subject;
  private final Limits limits;
  private final WireLog log = new WireLog();
  private volatile Subject.@Nullable Running running;
  private volatile boolean over;

  ClientScene(Subject subject, Limits limits) {
    this.subject = subject;
    this.limits = limits;
  }

  /** Where the checker listens. */
  abstract Address address();

  /** An address of the same host at which nothing listens. */
  abstract Address deadAddress() throws Undecided;

  /** Starts the client. */
  final void start() throws Undecided {
    start(address());
  }

  final void startAtDeadPort() throws Undecided {
    start(deadAddress());
  }

  private void start(Address address) throws Undecided {
    stop();
    log.event("client", "is to connect to " + address);
    running = subject.start(address);
    if (over) {
      stop(); // The case was broken off while the client was being started.
    }
  }

  /** Ends the client, if it runs, and one that is just being started. */
  final void stopForGood() {
    over = true;
    stop();
  }

  private void stop() {
    Subject.Running last = running;
    if (last != null) {
      last.close();
    }
  }

  Subject subject() {
    return subject;
  }

  Subject.Running running() {
    Subject.Running now = running;
    if (now == null) {
      throw new IllegalStateException("the client was not started: the case is wrong");
    }
    return now;
  }

  /**
   * Waits for what the client is to do, as long as it may still do it. One that uses the processor
   * is given as much time again: on a busy machine it takes long to start.
   *
   * @param afterItsEnd how long it may take to be seen when the client has ended
   * @return null if it did not do it
   */
  final <T> @Nullable T awaitWhileItRuns(Wait<T> wait, Duration within, Duration afterItsEnd)
      throws InterruptedException {
    long start = System.nanoTime();
    long until = start + within.toNanos();
    ProcessorUse used = null;
    do {
      T came = wait.await(LOOK_WHETHER_ENDED);
      if (came != null) {
        return came;
      }
      if (subject.endsVisibly() && running().awaitExit(Duration.ZERO) != null) {
        return wait.await(afterItsEnd);
      }
      long now = System.nanoTime();
      if (used == null && until - now <= AT_REST.toNanos()) {
        used = running().processorUse();
      } else if (until - now <= 0 && used != null && now - start < 2 * within.toNanos()) {
        ProcessorUse usedNow = running().processorUse();
        if (usedNow != null && usedNow.used().compareTo(used.used()) > 0) {
          used = usedNow;
          until = now + AT_REST.toNanos();
        }
      }
    } while (System.nanoTime() - until < 0);
    return null;
  }

  /** A wait for something, which is null if it did not come. */
  @FunctionalInterface
  interface Wait<T> {
    @Nullable T await(Duration within) throws InterruptedException;
  }

  Limits limits() {
    return limits;
  }

  @Override
  public WireLog log() {
    return log;
  }
}
