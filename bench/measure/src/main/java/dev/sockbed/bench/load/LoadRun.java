package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan: connects, warms up, measures, accounts. Made for one use; {@link #cancel} may
 * be called from any thread at any time.
 *
 * <p>A run always ends: after the last message at most the plan's deadline goes by until what has
 * not come back is called lost; see {@link Supervisor}.
 */
public final class LoadRun {
  /** A cancelled run waits for replies no longer than this. */
  private static final Duration CANCELLED_DRAIN = Duration.ofSeconds(1);

  /** Why some of several connections are broken off, most likely. */
  public static final String SERVED_FEWER =
      "of which the server may serve fewer at once (its --max-connections)";

  private final LoadPlan plan;
  private final Wiring wiring;
  private final Supervisor supervisor;
  private final @Nullable ProcessHandle server;
  private @Nullable GrantedOptions granted;

  /** A run that has not begun. */
  public LoadRun(LoadPlan plan) {
    this(plan, null);
  }

  /**
   * A run that has not begun.
   *
   * @param server the process of the server, whose processor time is then told; or null
   */
  public LoadRun(LoadPlan plan, @Nullable ProcessHandle server) {
    this(plan, server, CANCELLED_DRAIN);
  }

  /**
   * A run that has not begun.
   *
   * @param cancelledDrain how long replies are waited for once it was cancelled
   */
  LoadRun(LoadPlan plan, @Nullable ProcessHandle server, Duration cancelledDrain) {
    this.plan = plan;
    this.server = server;
    wiring = new Wiring(plan);
    supervisor = new Supervisor(plan, wiring.conversations(), wiring.loops(), cancelledDrain);
  }

  /** Ends the run early; {@link #run} then returns what was measured. */
  public void cancel() {
    supervisor.cancel();
  }

  /**
   * Runs. An interrupt cancels it.
   *
   * @return what was found, also if the run was cancelled or the peer died in the middle
   * @throws SocketFailure if it could not begin
   */
  public LoadResult run(Progress progress) throws SocketFailure {
    try {
      if (!plan.warmup().isZero()) {
        connect();
        supervisor.run(new Stop.After(plan.warmup()), progress);
        wiring.clear();
      }
      connect();
      granted = granted();
      SystemWatch watch = new SystemWatch(plan, wiring.conversations(), server);
      Phase measured = supervisor.run(plan.stop(), progress);
      return result(measured, watch.end(measured.used()));
    } finally {
      wiring.conversations().forEach(conversation -> conversation.lane().close());
    }
  }

  /**
   * Of the first connection, before anything is measured; null if it was closed by then, as a
   * receive over UDP is that waited too long at the end of the warm-up.
   */
  private @Nullable GrantedOptions granted() throws SocketFailure {
    Lane first = wiring.conversations().getFirst().lane();
    try {
      return first.isConnected() ? first.options() : null;
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED) {
        return null;
      }
      throw e;
    }
  }

  /** A thousand connections take some time, which a cancelled run does not spend. */
  private void connect() throws SocketFailure {
    for (Conversation conversation : wiring.conversations()) {
      if (!conversation.lane().isConnected() && !supervisor.cancelled()) {
        try {
          conversation.lane().connect();
        } catch (SocketFailure e) {
          throw oneTooMany(conversation.index() + 1, e);
        }
      }
    }
  }

  /**
   * A server that serves no more callers breaks off those it has accepted, and leaves the rest
   * without an answer.
   */
  private SocketFailure oneTooMany(int number, SocketFailure failure) {
    SocketError error = failure.error();
    return number == 1 || (error != SocketError.RESET && error != SocketError.TIMED_OUT)
        ? failure
        : new SocketFailure(
            error,
            "connection %d of %d to %s, %s"
                .formatted(number, plan.connections(), plan.target(), SERVED_FEWER),
            failure);
  }

  private LoadResult result(Phase measured, SystemTruth system) {
    long sent = 0;
    long strays = 0;
    long ambiguous = 0;
    long reconnects = 0;
    long end = measured.endOfSending();
    Outcomes outcomes = Outcomes.NONE;
    Events events = Events.NONE;
    for (Conversation conversation : wiring.conversations()) {
      Ledger ledger = conversation.ledger();
      sent += ledger.sent();
      strays += ledger.strays();
      ambiguous += ledger.ambiguous();
      reconnects += conversation.reconnects();
      outcomes = outcomes.plus(ledger.outcomes());
      events = events.plus(ledger.events());
      end = Math.max(end, conversation.lastEventNanos());
    }
    if (outcomes.total() != sent) {
      throw new IllegalStateException("sent " + sent + ", but the fates are " + outcomes);
    }
    ReplyTimes replies = wiring.replyTimes();
    SendTimes sends = wiring.sendTimes();
    return new LoadResult(
        plan,
        due(sent),
        sent,
        outcomes,
        events,
        strays,
        ambiguous,
        end - measured.startNanos(),
        replies.service(),
        replies.response(),
        replies.variation(),
        sends.call(),
        timerMiss(sends),
        rate(),
        reconnects,
        wiring.faults().sentences(),
        connectionsGone(),
        supervisor.cancelled(),
        granted,
        system);
  }

  /** What the schedule had for this run, sent or not; null without a schedule. */
  private @Nullable Long due(long sent) {
    return plan.pace() instanceof Pace.OpenLoop ? sent + wiring.senderAccount().unsent() : null;
  }

  private int connectionsGone() {
    long now = System.nanoTime();
    long deadline = plan.deadline().toNanos();
    return (int)
        wiring.conversations().stream().filter(one -> one.peerIsGone(now, deadline)).count();
  }

  private @Nullable Histogram timerMiss(SendTimes sends) {
    return plan.pace() instanceof Pace.OpenLoop ? sends.miss() : null;
  }

  private @Nullable Rate rate() {
    return plan.pace() instanceof Pace.OpenLoop open
        ? Rate.of(open.ratePerSecond(), wiring.senderAccount(), plan.target().transport())
        : null;
  }
}
